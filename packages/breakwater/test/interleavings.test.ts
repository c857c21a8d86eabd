import { describe, expect, it } from 'vitest'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { circuitBreaker } from '../src/circuit-breaker/circuit-breaker.ts'
import { coalescing } from '../src/coalescing/coalescing.ts'
import { aimd } from '../src/concurrency-limiter/aimd.ts'
import { concurrencyLimiter } from '../src/concurrency-limiter/concurrency-limiter.ts'
import { hedge } from '../src/hedge/hedge.ts'
import { rateLimiter } from '../src/rate-limiter/rate-limiter.ts'
import { fixed } from '../src/retry/backoff.ts'
import { retry } from '../src/retry/retry.ts'
import { timeout } from '../src/timeout/timeout.ts'
import { explore } from './interleavings/explore.ts'

describe('in every order of what may happen', () => {
  it('a trial of a half-open breaker ends by its outcome or its abort, and another may follow', async () => {
    const { complaints, endings, orders } = await explore({
      policies: (clock) => [
        circuitBreaker({ consecutiveFailures: 1, openMs: 100, jitter: 0, trialLeaseMs: 86_400_000, clock }),
      ],
      first: ['start L', 'start F', 'F0 fails', 'time 100'],
      steps: ['start T', 'T0 fails', 'abort T', 'start U', 'L0 fails', 'time 250'],
      check: ([breaker]) => [breaker.tryAcquire() === undefined && 'no trial is admitted'],
    })

    expect(complaints).toEqual([])
    expect(orders).toBe(720)
    expect(endings).toEqual({
      L: ['L0 failed'],
      F: ['F0 failed'],
      T: ['CIRCUIT_OPEN', 'T0 failed', 'aborted'],
      U: ['CIRCUIT_OPEN', 'U0'],
    })
  })

  it('a bulkhead runs one at a time, and a call leaves its queue for a slot, for its abort or for waiting too long', async () => {
    const { complaints, endings } = await explore({
      policies: () => [bulkhead({ limit: 1, queue: 1, maxWaitMs: 10 })],
      first: ['start A'],
      steps: ['A0 ok', 'start B', 'abort B', 'start C', 'time 10', 'B0 ok'],
      check: ([{ active, queued }], { mostAtOnce }) => [
        active + queued !== 0 && `${active} active, ${queued} queued`,
        mostAtOnce !== 1 && `${mostAtOnce} at once`,
      ],
    })

    expect(complaints).toEqual([])
    expect(endings).toEqual({ A: ['A0'], B: ['B0', 'BULKHEAD_FULL', 'aborted'], C: ['BULKHEAD_FULL', 'C0'] })
  })

  it('work that ignores its timeout keeps its slot of a bulkhead until it has ended', async () => {
    const { complaints, endings } = await explore({
      policies: () => [timeout({ ms: 10 }), bulkhead({ limit: 1, queue: 1 })],
      first: ['start A'],
      steps: ['A0 ok', 'start B', 'B0 fails', 'start C', 'time 10'],
      check: ([, { active, queued }], { mostAtOnce }) => [
        active + queued !== 0 && `${active} active, ${queued} queued`,
        mostAtOnce !== 1 && `${mostAtOnce} at once`,
      ],
    })

    expect(complaints).toEqual([])
    expect(endings).toEqual({
      A: ['A0', 'TIMEOUT'],
      B: ['B0 failed', 'BULKHEAD_FULL', 'TIMEOUT'],
      C: ['BULKHEAD_FULL', 'C0', 'TIMEOUT'],
    })
  })

  it('a concurrency limiter never lets more in than its limit, and gives every place back', async () => {
    const { complaints, endings } = await explore({
      policies: (clock) => [
        concurrencyLimiter({
          ...{ algorithm: aimd(), initialLimit: 1, minLimit: 1, maxLimit: 1 },
          ...{ queue: 1, maxWaitMs: 10, clock },
        }),
      ],
      first: ['start A'],
      steps: ['A0 fails', 'start B', 'abort B', 'start C', 'time 10'],
      check: ([{ active, queued }], { mostAtOnce }) => [
        active + queued !== 0 && `${active} active, ${queued} queued`,
        mostAtOnce !== 1 && `${mostAtOnce} at once`,
      ],
    })

    expect(complaints).toEqual([])
    expect(endings).toEqual({
      A: ['A0 failed'],
      B: ['CONCURRENCY_LIMITED', 'aborted'],
      C: ['C0', 'CONCURRENCY_LIMITED'],
    })
  })

  it('a rate limiter that lets calls wait admits as many as it counts', async () => {
    const { complaints, endings } = await explore({
      policies: (clock) => [rateLimiter({ limit: 1, intervalMs: 20, queue: 1, maxWaitMs: 30, clock })],
      steps: ['start A', 'start B', 'start C', 'abort B', 'time 10', 'time 10'],
      check: ([{ queued }]) => [queued !== 0 && `${queued} queued`],
    })

    expect(complaints).toEqual([])
    expect(endings).toEqual({
      A: ['A0', 'RATE_LIMITED'],
      B: ['RATE_LIMITED', 'aborted'],
      C: ['C0', 'RATE_LIMITED'],
    })
  })

  it('a retry between two timeouts ends by an answer, by either timeout or by the abort', async () => {
    const { complaints, endings } = await explore({
      policies: () => [
        timeout({ totalMs: 50 }),
        retry({ maxRetries: 1, backoff: fixed({ delayMs: 10 }) }),
        timeout({ ms: 30 }),
      ],
      first: ['start A'],
      steps: ['A0 fails', 'A1 ok', 'abort A', 'time 20', 'time 20', 'time 20'],
    })

    expect(complaints).toEqual([])
    expect(endings).toEqual({ A: ['A1', 'TIMEOUT', 'aborted'] })
  })

  it('a hedged call has the first answer, and the other is disposed', async () => {
    const { complaints, endings } = await explore({
      policies: () => [hedge({ maxHedges: 1, delay: 10 }), timeout({ ms: 30 })],
      first: ['start A'],
      steps: ['A0 ok', 'A1 ok', 'abort A', 'time 10', 'time 10', 'time 10'],
    })

    expect(complaints).toEqual([])
    expect(endings).toEqual({ A: ['A0', 'A1', 'aborted'] })
  })

  it('a hedged call fails when all attempts that run have failed', async () => {
    const { complaints, endings } = await explore({
      policies: () => [hedge({ maxHedges: 2, delay: 10, onFailure: false })],
      first: ['start A'],
      steps: ['A0 fails', 'A1 fails', 'A2 ok', 'time 10', 'time 10'],
    })

    expect(complaints).toEqual([])
    expect(endings).toEqual({ A: ['A0 failed', 'A1 failed', 'A2'] })
  })

  it('a call that shares a flight may leave it, and the other still has the answer', async () => {
    const { complaints, endings } = await explore({
      policies: () => [coalescing(), timeout({ ms: 30 })],
      key: 'one',
      steps: ['start A', 'start B', 'A0 ok', 'B0 ok', 'abort A', 'time 30'],
      check: ([{ underWay }]) => [underWay !== 0 && `${underWay} flights under way`],
    })

    expect(complaints).toEqual([])
    expect(endings).toEqual({ A: ['A0', 'B0', 'TIMEOUT', 'aborted'], B: ['A0', 'B0', 'TIMEOUT'] })
  })

  it('a flight that all of its calls have left is aborted, and its answer disposed', async () => {
    const { complaints, endings } = await explore({
      policies: () => [coalescing(), timeout({ ms: 30 })],
      key: 'one',
      first: ['start A', 'start B'],
      steps: ['A0 ok', 'abort A', 'abort B', 'time 30'],
      check: ([{ underWay }]) => [underWay !== 0 && `${underWay} flights under way`],
    })

    expect(complaints).toEqual([])
    expect(endings).toEqual({ A: ['A0', 'TIMEOUT', 'aborted'], B: ['A0', 'TIMEOUT', 'aborted'] })
  })

  it('a breaker under a retry counts what its attempts give, and nothing of a call that was aborted between them', async () => {
    const { complaints, endings } = await explore({
      policies: (clock) => [
        retry({ maxRetries: 1, backoff: fixed({ delayMs: 10 }) }),
        circuitBreaker({ consecutiveFailures: 2, openMs: 50, jitter: 0, trialLeaseMs: 86_400_000, clock }),
      ],
      first: ['start A', 'start B'],
      steps: ['A0 fails', 'A1 fails', 'abort A', 'B0 fails', 'time 10', 'time 60'],
      check: ([, breaker]) => [breaker.tryAcquire() === undefined && 'no trial is admitted'],
    })

    expect(complaints).toEqual([])
    expect(endings).toEqual({ A: ['A1 failed', 'CIRCUIT_OPEN', 'aborted'], B: ['B1', 'CIRCUIT_OPEN'] })
  })
})
