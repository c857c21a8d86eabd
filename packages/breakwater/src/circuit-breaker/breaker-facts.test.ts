import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { circuitBreaker } from './circuit-breaker.ts'

const broken = new Error('broken')

describe('circuitBreaker().facts()', () => {
  it('says how a closed circuit of the ratio kind stands', async () => {
    const clock = new FakeClock({ epochMs: 1_000_000 })
    await clock.advance(500)
    const breaker = circuitBreaker({ clock })
    breaker.tryAcquire()?.succeed()
    breaker.tryAcquire()?.fail(broken)

    expect(breaker.facts()).toEqual({
      state: 'closed',
      override: 'automatic',
      since: 1_000_500,
      reason: '1 of 2 calls failed',
      windowCalls: 2,
      windowFailures: 1,
      windowMs: 30_000,
      failureRatio: 0.5,
      threshold: 0,
      minimumCalls: 20,
      nextTrialAt: null,
      closesWhen: '',
    })
  })

  it('says that there were no calls', () => {
    expect(circuitBreaker({ clock: new FakeClock() }).facts().reason).toBe('no calls in the window')
  })

  it('says when an open circuit tries again and what closes it', async () => {
    const clock = new FakeClock({ epochMs: 1_000_000 })
    const breaker = circuitBreaker({
      consecutiveFailures: 1,
      openMs: 400,
      jitter: 0,
      successThreshold: 2,
      clock,
    })
    await clock.advance(100)

    breaker.tryAcquire()?.fail(broken)

    expect(breaker.facts()).toMatchObject({
      state: 'open',
      since: 1_000_100,
      reason: 'a call failed',
      threshold: 1,
      nextTrialAt: 1_000_500,
      closesWhen: 'the next 2 trials succeed',
    })
  })

  it('says what a half-open circuit waits for', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({
      consecutiveFailures: 1,
      openMs: 400,
      jitter: 0,
      successThreshold: 2,
      clock,
    })
    breaker.tryAcquire()?.fail(broken)
    await clock.advance(400)
    breaker.tryAcquire()?.succeed()
    breaker.tryAcquire()

    expect(breaker.facts()).toMatchObject({
      state: 'half-open',
      reason: '1 trials run, 1 succeeded',
      nextTrialAt: null,
      closesWhen: 'the next trial succeeds',
    })
  })
})
