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

  it('says how a closed circuit of the consecutive kind stands: without a window', () => {
    const breaker = circuitBreaker({ consecutiveFailures: 3, clock: new FakeClock() })
    breaker.tryAcquire()?.fail(broken)

    expect(breaker.facts()).toMatchObject({
      ...{ state: 'closed', reason: '1 of 1 calls failed', windowCalls: 1, windowFailures: 1 },
      ...{ windowMs: 0, failureRatio: 0, threshold: 3, minimumCalls: 0, closesWhen: '' },
    })
  })

  it('says no time of a window that counts calls', () => {
    const breaker = circuitBreaker({ windowCalls: 8, clock: new FakeClock() })

    expect(breaker.facts()).toMatchObject({ windowMs: 0, failureRatio: 0.5, threshold: 0, minimumCalls: 8 })
  })

  it('says how many trials failed, and how many of them must succeed', async () => {
    const clock = new FakeClock()
    const options = { consecutiveFailures: 1, openMs: 100, jitter: 0, trials: 5, trialSuccessRatio: 0.8 }
    const breaker = circuitBreaker({ ...options, clock })
    breaker.recordFailure(broken)
    await clock.advance(100)

    breaker.recordFailure(broken)

    expect(breaker.facts()).toMatchObject({
      ...{ state: 'half-open', reason: '0 trials run, 0 succeeded, 1 failed', windowCalls: 0 },
      closesWhen: '4 of 5 trials succeed',
    })
  })

  it('says of a ramp what share is let in, and when it is over what the window holds', async () => {
    const clock = new FakeClock({ epochMs: 1_000_000 })
    const ramp = { steps: [0.25], stepMs: 1_000 }
    const random = { next: () => 0 }
    const breaker = circuitBreaker({
      ...{ failureRatio: 1, minimumCalls: 1, openMs: 100, jitter: 0, ramp, random, clock },
    })
    breaker.recordFailure(broken)
    await clock.advance(100)
    breaker.recordSuccess()
    breaker.tryAcquire()?.succeed()
    const during = breaker.facts()
    await clock.advance(1_000)

    const after = breaker.facts()

    expect(during).toMatchObject({
      ...{ state: 'closed', since: 1_000_100, reason: 'recovered, 25 % of calls are let in for now' },
      ...{ windowCalls: 1, windowFailures: 0, closesWhen: '', nextTrialAt: null },
    })
    expect(after.reason).toBe('0 of 1 calls failed')
  })

  it('says an override beside the state', () => {
    const breaker = circuitBreaker({ clock: new FakeClock() })

    breaker.setOverride('forced-open')

    expect(breaker.facts()).toMatchObject({ state: 'closed', override: 'forced-open' })
  })

  it('gives times in whole milliseconds', async () => {
    const clock = new FakeClock({ epochMs: 1_000_000 })
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: () => 100.4, clock })
    await clock.advance(0.3)

    breaker.recordFailure(broken)

    expect(breaker.facts()).toMatchObject({ since: 1_000_000, nextTrialAt: 1_000_101 })
  })
})
