import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { circuitBreaker } from './circuit-breaker.ts'

const broken = new Error('broken')

describe('circuitBreaker()', () => {
  it('shares no numbers with a breaker that was given more options, or others', () => {
    circuitBreaker({ failureRatio: 0.4, minimumCalls: 3 })

    const fewer = circuitBreaker({ failureRatio: 0.4 }).facts()
    const others = circuitBreaker({ failureRatio: 0.4, minimumCalls: 4 }).facts()

    expect([fewer.minimumCalls, others.minimumCalls]).toEqual([20, 4])
  })

  it('says how long calls were refused from its first opening on, over failed trials', async () => {
    const clock = new FakeClock()
    const closedAfter: number[] = []
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, jitter: 0, clock })
    breaker.on((event) => event.type === 'CircuitClosed' && closedAfter.push(event.afterMs))
    await clock.advance(1_000)
    breaker.recordFailure(broken)
    await clock.advance(100)
    breaker.recordFailure(broken)
    await clock.advance(200)

    breaker.recordSuccess()

    expect(closedAfter).toEqual([300])
  })

  it('says in each step of a ramp what share is let in', async () => {
    const clock = new FakeClock()
    const ramp = { steps: [0.1, 0.6], stepMs: 1_000 }
    const random = { next: () => 0.9 }
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, ramp, random, jitter: 0, clock })
    breaker.recordFailure(broken)
    await clock.advance(100)
    breaker.recordSuccess()
    await expect(breaker.run(() => 1)).rejects.toThrow('10 % of calls')
    await clock.advance(1_000)

    await expect(breaker.run(() => 1)).rejects.toThrow('60 % of calls')
  })
})
