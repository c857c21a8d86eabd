import { describe, expect, it } from 'vitest'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { circuitBreaker } from '../src/circuit-breaker/circuit-breaker.ts'
import { isCircuitOpenError } from '../src/circuit-breaker/circuit-breaker-errors.ts'
import { pipeline } from '../src/pipeline/pipeline.ts'
import { fixed } from '../src/retry/backoff.ts'
import { retry } from '../src/retry/retry.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'
import { timeout } from '../src/timeout/timeout.ts'

const broken = new Error('broken')
const openAtOnce = { consecutiveFailures: 1, openMs: 100, jitter: 0 } as const

describe('circuit breaker in a pipeline', () => {
  it('Rule 1: a permit ends once, however often it is ended', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ ...openAtOnce, consecutiveFailures: 3, clock })
    const permit = breaker.tryAcquire()

    permit?.fail(broken)
    permit?.fail(broken)
    permit?.succeed()
    permit?.fail(broken)

    expect(breaker.facts().windowFailures).toBe(1)
  })

  it('Rule 1: a refusal by a policy further in gives the trial back', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ ...openAtOnce, trialLeaseMs: 86_400_000, clock })
    const slots = bulkhead({ limit: 1 })
    const line = pipeline({ policies: [breaker, slots], clock })
    breaker.tryAcquire()?.fail(broken)
    await clock.advance(100)
    const permit = slots.tryAcquire()
    const refused = await line.tryRun(() => 'no room')
    const stateAfterRefusal = breaker.state
    permit?.release()

    const trial = await line.run(() => 'fine')

    expect(refused.ok).toBe(false)
    expect([stateAfterRefusal, trial, breaker.state]).toEqual(['half-open', 'fine', 'closed'])
  })

  it('Rule 1: a trial whose caller aborts gives its place back and decides nothing', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ ...openAtOnce, trialLeaseMs: 86_400_000, clock })
    const line = pipeline({ policies: [breaker], clock })
    const caller = new AbortController()
    breaker.tryAcquire()?.fail(broken)
    await clock.advance(100)
    const trial = line.tryRun(({ signal }) => clock.sleep(1_000, signal), { signal: caller.signal })

    caller.abort(new Error('user left'))
    await trial
    const stateAfterAbort = breaker.state
    await line.run(() => 'fine')

    expect([stateAfterAbort, breaker.state]).toEqual(['half-open', 'closed'])
  })

  it('Rule 1: trials that say nothing neither close the circuit nor starve it', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ ...openAtOnce, trialLeaseMs: 86_400_000, clock })
    breaker.tryAcquire()?.fail(broken)
    await clock.advance(100)

    for (let i = 0; i < 100; i++) breaker.tryAcquire()?.ignore()

    expect(breaker.state).toBe('half-open')
    expect(breaker.tryAcquire()).toBeDefined()
  })

  it('Rule 2: as many trials run at once as the limit says, and the next is refused with the reason', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ ...openAtOnce, halfOpenLimit: 2, successThreshold: 2, clock })
    const line = pipeline({ policies: [breaker], clock })
    breaker.tryAcquire()?.fail(broken)
    await clock.advance(100)
    const trials = [line.run(() => clock.sleep(10)), line.run(() => clock.sleep(10))]

    const third = await line.tryRun(() => 'third')
    await clock.advance(10)
    await Promise.all(trials)

    expect(!third.ok && third.error).toMatchObject({ code: 'CIRCUIT_OPEN', reason: 'trials are under way' })
    expect(breaker.state).toBe('closed')
  })

  it('Rule 7: what is older than the window is gone, whatever happened in between', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ failureRatio: 1, minimumCalls: 10, windowMs: 1_000, clock })
    for (let i = 0; i < 9; i++) breaker.tryAcquire()?.fail(broken)
    await clock.advance(1_000)

    breaker.tryAcquire()?.fail(broken)

    expect(breaker.state).toBe('closed')
    expect(breaker.facts().windowCalls).toBe(1)
  })

  it('Rule 11: an open breaker further in is no failure of the one outside', async () => {
    const clock = new FakeClock()
    const outer = circuitBreaker({ ...openAtOnce, name: 'outer', clock })
    const inner = circuitBreaker({ ...openAtOnce, name: 'inner', clock })
    inner.setOverride('forced-open', 'maintenance')

    const outcome = await pipeline({ policies: [outer, inner], clock }).tryRun(() => 'fine')

    expect(!outcome.ok && isCircuitOpenError(outcome.error)).toBe(true)
    expect(outer.state).toBe('closed')
  })

  it('Rule 11: a retry does not try again what an open breaker refused', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ ...openAtOnce, clock })
    const again = retry({ maxRetries: 5, backoff: fixed({ delayMs: 1 }) })
    const line = pipeline({ policies: [again, breaker], clock })
    const ended = line.tryRun(() => Promise.reject(broken))
    await clock.advance(10)

    const outcome = await ended

    expect(!outcome.ok && isCircuitOpenError(outcome.error)).toBe(true)
    expect([again.retries, breaker.rejected]).toEqual([1, 1])
  })

  it('Rule 11: a retry does not try again what a full bulkhead refused', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1 })
    slots.tryAcquire()

    await pipeline({ policies: [retry({ maxRetries: 5 }), slots], clock }).tryRun(() => 'fine')

    expect(slots.rejected).toBe(1)
  })

  it('Rule 11: a timeout further in is a failure of the breaker outside', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ ...openAtOnce, clock })
    const ended = pipeline({ policies: [breaker, timeout({ ms: 10 })], clock }).tryRun(() => clock.sleep(50))

    await clock.advance(100)

    expect((await ended).ok).toBe(false)
    expect(breaker.state).toBe('open')
  })

  it('Rule 11: the rejection says after how long a new call may be admitted', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ ...openAtOnce, clock })
    breaker.tryAcquire()?.fail(broken)
    await clock.advance(30)

    const outcome = await pipeline({ policies: [breaker], clock }).tryRun(() => 'fine')

    expect(!outcome.ok && outcome.rejection?.retryAfterMs).toBe(70)
    expect(!outcome.ok && outcome.error).toMatchObject({ remainingMs: 70, policy: 'circuit-breaker' })
  })
})
