import { expect, it } from 'vitest'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { cache } from '../src/cache/cache.ts'
import { coalescing } from '../src/coalescing/coalescing.ts'
import { fallback } from '../src/fallback/fallback.ts'
import { hedge } from '../src/hedge/hedge.ts'
import type { CallContext } from '../src/pipeline/call-context.ts'
import { pipeline } from '../src/pipeline/pipeline.ts'
import { fixed } from '../src/retry/backoff.ts'
import { retry } from '../src/retry/retry.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'
import { timeout } from '../src/timeout/timeout.ts'

it('a call that is cut in the queue of a bulkhead and answered at once by a fallback frees its object once', async () => {
  using clock = new FakeClock()
  const slots = bulkhead({ limit: 1, queue: 10 })
  const guarded = pipeline({ policies: [fallback(() => 'degraded'), timeout({ totalMs: 50 }), slots], clock })
  const first = guarded.run(() => clock.sleep(100).then(() => 'late'))
  const waiting = Array.from({ length: 5 }, (_, id) => guarded.run(() => `never run ${id}`))
  await clock.advance(50)
  const cut = await Promise.all(waiting)
  const next = Array.from({ length: 5 }, (_, id) => guarded.run(() => clock.sleep(1).then(() => `own ${id}`)))
  await clock.advance(60)

  expect(await first).toBe('degraded')
  expect(cut).toEqual(Array.from({ length: 5 }, () => 'degraded'))
  expect(await Promise.all(next)).toEqual(['degraded', 'degraded', 'degraded', 'degraded', 'degraded'])
  const after = guarded.run(() => clock.sleep(1).then(() => 'fine'))
  await clock.advance(1)
  expect(await after).toBe('fine')
  expect([slots.active, slots.queued]).toEqual([0, 0])
})

it('a hedged call keeps its answer when the other attempt finds the same in a cache', async () => {
  using clock = new FakeClock()
  const disposed: unknown[] = []
  const policies = [
    hedge({ delay: 5 }),
    bulkhead({ limit: 1, queue: 1 }),
    cache({ ttlMs: 60, keyOf: () => 'all' }),
  ]
  const guarded = pipeline({ policies, clock, dispose: (value) => disposed.push(value) })
  const answer = guarded.run(() => clock.sleep(20).then(() => 'answer'))
  await clock.advance(20)

  expect(await answer).toBe('answer')
  expect(disposed).toEqual([])
})

it('an answer that a shared flight has no use for any more is disposed', async () => {
  using clock = new FakeClock()
  const disposed: unknown[] = []
  const first = new AbortController()
  const policies = [coalescing(), coalescing()]
  const guarded = pipeline({ policies, clock, dispose: (value) => disposed.push(value) })
  const led = guarded.run(() => clock.sleep(20).then(() => 'of the first'), {
    key: 'a',
    signal: first.signal,
  })
  const second = guarded.run(() => 'of the second', { key: 'a' })
  const aborted = expect(led).rejects.toThrow('gone')
  first.abort(new Error('gone'))
  await clock.advance(20)

  await aborted
  expect([await second, ...disposed].toSorted()).toContain('of the first')
})

it('the answer of a hedge is disposed when a listener aborts the call that it has just won', async () => {
  using clock = new FakeClock()
  const disposed: unknown[] = []
  const gone = new AbortController()
  const onEvent = ({ type }: { type: string }): void => {
    if (type === 'HedgeWon') gone.abort(new Error('gone'))
  }
  const guarded = pipeline({
    policies: [hedge({ delay: 5, onEvent })],
    clock,
    dispose: (value) => disposed.push(value),
  })
  const work = ({ attempt }: { attempt: number }): unknown =>
    attempt === 0 ? clock.sleep(20) : `of attempt ${attempt}`
  const aborted = expect(guarded.run(work, { signal: gone.signal })).rejects.toThrow('gone')
  await clock.advance(20)

  await aborted
  expect(disposed).toContain('of attempt 1')
})

it('the answer of a hedge is disposed when the work that lost aborts the call as it is stopped', async () => {
  using clock = new FakeClock()
  const disposed: unknown[] = []
  const gone = new AbortController()
  const guarded = pipeline({
    policies: [hedge({ delay: 5 })],
    clock,
    dispose: (value) => disposed.push(value),
  })
  const work = ({ attempt, signal }: CallContext): unknown => {
    if (attempt > 0) return clock.sleep(1).then(() => `of attempt ${attempt}`)
    signal.addEventListener('abort', () => gone.abort(new Error('gone')))
    return clock.sleep(20)
  }
  const aborted = expect(guarded.run(work, { signal: gone.signal })).rejects.toThrow('gone')
  await clock.advance(20)

  await aborted
  expect(disposed).toContain('of attempt 1')
})

it('an attempt that waits is not let in by the late end of the one before, once another has won the race', async () => {
  using clock = new FakeClock()
  const policies = [
    hedge({ delay: 5 }),
    retry({ maxRetries: 1, backoff: fixed({ delayMs: 0 }) }),
    bulkhead({ limit: 1, queue: 5 }),
    timeout({ ms: 20 }),
  ]
  const starts: string[] = []
  const work = ({ attempt }: CallContext): unknown => {
    starts.push(`${attempt} at ${clock.now()}`)
    return starts.length === 1 ? clock.sleep(100) : 'an answer'
  }
  const answer = pipeline({ policies, clock }).run(work)
  await clock.advance(200)

  expect(await answer).toBe('an answer')
  expect(starts).toEqual(['0 at 0', '1 at 100'])
})
