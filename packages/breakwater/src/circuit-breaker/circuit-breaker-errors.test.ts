import { describe, expect, it } from 'vitest'
import { ResilienceError } from '../faults/resilience-error.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitBreaker } from './circuit-breaker-api.ts'
import { CircuitOpenError, isCircuitOpenError } from './circuit-breaker-errors.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

/** A breaker that has just opened for 100 ms. */
function opened(options: CircuitBreakerOptions = {}): { breaker: CircuitBreaker; clock: FakeClock } {
  const clock = new FakeClock()
  const breaker = circuitBreaker({
    ...{ name: 'bank', consecutiveFailures: 1, openMs: 100, jitter: 0, clock, ...options },
  })
  breaker.recordFailure(new Error('broken'))
  return { breaker, clock }
}

describe('CircuitOpenError', () => {
  it('says whose circuit is open, why, and how long still', async () => {
    const { breaker, clock } = opened()
    await clock.advance(40)

    await expect(breaker.run(() => 1)).rejects.toMatchObject({
      ...{ name: 'CircuitOpenError', code: 'CIRCUIT_OPEN', policy: 'bank', reason: 'a call failed' },
      ...{ message: "Circuit 'bank' is open: a call failed", remainingMs: 60 },
    })
  })

  it('says that trials are under way, and no time', async () => {
    const { breaker, clock } = opened()
    await clock.advance(100)
    breaker.tryAcquire()

    await expect(breaker.run(() => 1)).rejects.toMatchObject({
      ...{ message: "Circuit 'bank' is open: trials are under way", remainingMs: undefined },
    })
  })

  it('says that the breaker is isolated, and why', async () => {
    const { breaker } = opened()
    breaker.isolate('migration')

    await expect(breaker.run(() => 1)).rejects.toMatchObject({
      ...{ message: "Circuit 'bank' is open: isolated: migration", remainingMs: undefined },
    })
  })

  it('is known as a rejection that says what is left when it is asked, and never less than 0', async () => {
    const { breaker, clock } = opened()
    const outcome = await pipeline({ operation: 'pay', policies: [breaker] }).tryRun(() => 1)
    const rejection = outcome.ok ? undefined : outcome.rejection
    await clock.advance(99)
    const [code, policy, left] = [rejection?.code, rejection?.policy, rejection?.retryAfterMs]
    await clock.advance(50)

    expect([code, policy, left]).toEqual(['CIRCUIT_OPEN', 'bank', 1])
    expect(rejection?.retryAfterMs).toBe(0)
  })
})

describe('isCircuitOpenError()', () => {
  it.each([
    [new CircuitOpenError('bank', 'a call failed', 5), true],
    [new ResilienceError('Timed out', { code: 'TIMEOUT' }), false],
    [Object.assign(new Error('x'), { code: 'CIRCUIT_OPEN' }), false],
    [undefined, false],
  ])('of %s is %s', (value, expected) => {
    expect(isCircuitOpenError(value)).toBe(expected)
  })
})
