import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitBreaker } from './circuit-breaker-api.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

const broken = new Error('broken')
const slow = { slowCallMs: 50, slowCallRatio: 0.5 }

function scene(options: CircuitBreakerOptions): { breaker: CircuitBreaker; clock: FakeClock } {
  const clock = new FakeClock()
  return { breaker: circuitBreaker({ jitter: 0, clock, ...options }), clock }
}

/** Calls that take so long each and succeed. */
async function call(breaker: CircuitBreaker, clock: FakeClock, durations: readonly number[]): Promise<void> {
  for (const ms of durations) {
    const permit = breaker.tryAcquire()
    await clock.advance(ms)
    permit?.succeed()
  }
}

describe('circuitBreaker({ slowCallMs }) by ratio', () => {
  it.each([
    [[50, 49], 'closed', '0 of 2 calls failed, 1 were slow'],
    [[50, 49, 49], 'closed', '0 of 3 calls failed, 1 were slow'],
    [[49, 50, 50], 'open', '67 % of 3 calls took 50 ms or more in 30 s'],
    [[49, 49, 50, 50], 'open', '50 % of 4 calls took 50 ms or more in 30 s'],
  ])('opens at half of at least three calls: %j, %s', async (durations, state, reason) => {
    const { breaker, clock } = scene({ ...slow, minimumCalls: 3 })

    await call(breaker, clock, durations)

    expect(breaker.facts()).toMatchObject({ state, reason })
  })

  it.each([
    [[50, 49, 49, 49], '0 of 4 calls failed, 1 were slow'],
    [[50, 49, 49, 49, 50], '0 of 4 calls failed, 1 were slow'],
    [[49, 49, 49, 50, 50], '50 % of 4 calls took 50 ms or more in the last 4'],
  ])('opens at half of the last four calls: after %j it says %s', async (durations, reason) => {
    const { breaker, clock } = scene({ ...slow, windowCalls: 4 })

    await call(breaker, clock, durations)

    expect(breaker.facts().reason).toBe(reason)
  })

  it('says that failures opened it when they reach their ratio, and slow calls when they do not', async () => {
    const [byFailures, bySlowness] = [
      scene({ ...slow, minimumCalls: 4 }),
      scene({ ...slow, minimumCalls: 4 }),
    ]
    for (const _ of 'ff') byFailures.breaker.recordFailure(broken, 50)
    bySlowness.breaker.recordFailure(broken, 50)
    for (const _ of 'ss') byFailures.breaker.recordSuccess(0)
    for (const _ of 'sss') bySlowness.breaker.recordSuccess(50)

    byFailures.breaker.recordFailure(broken)

    expect(byFailures.breaker.facts().reason).toBe('60 % of 5 calls failed in 30 s')
    expect(bySlowness.breaker.facts().reason).toBe('100 % of 4 calls took 50 ms or more in 30 s')
  })

  it('says that failures opened it when they are exactly their ratio', () => {
    const { breaker } = scene({ minimumCalls: 2 })
    breaker.recordSuccess()

    breaker.recordFailure(broken)

    expect(breaker.facts().reason).toBe('50 % of 2 calls failed in 30 s')
  })

  it('slow calls of a snapshot do not open a breaker for which durations do not count', () => {
    const { breaker: before } = scene({ ...slow, minimumCalls: 10 })
    for (const _ of 'sss') before.recordSuccess(50)

    const { breaker } = scene({ minimumCalls: 4, restore: before.snapshot() })
    breaker.recordFailure(broken)

    expect(breaker.state).toBe('closed')
  })
})

describe('circuitBreaker({ slowCallMs, consecutiveFailures })', () => {
  it.each([
    [[50, 50], 'open'],
    [[50, 49, 50], 'closed'],
  ])('slow calls are failures: after %j it is %s', async (durations, state) => {
    const { breaker, clock } = scene({ slowCallMs: 50, consecutiveFailures: 2 })

    await call(breaker, clock, durations)

    expect(breaker.state).toBe(state)
  })
})
