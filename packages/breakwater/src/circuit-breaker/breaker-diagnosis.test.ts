import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { circuitBreaker } from './circuit-breaker.ts'

const refused = new TypeError('connect ECONNREFUSED')

describe('circuitBreaker().diagnose()', () => {
  it('says of an open circuit why it is open, what ends it, and what to look at', async () => {
    const clock = new FakeClock({ epochMs: 1_000_000 })
    const breaker = circuitBreaker({ consecutiveFailures: 2, openMs: 2_000, jitter: 0, clock })
    breaker.recordFailure(refused)
    breaker.recordFailure(refused)
    breaker.dependencyUnhealthy()
    await clock.advance(500)

    expect(breaker.diagnose()).toEqual({
      state: 'open',
      override: 'automatic',
      because: '2 calls failed in a row',
      endsWhen: 'in 1.5 s, at the next call: the next trial succeeds',
      nextTrialInMs: 1_500,
      dependency: 'unhealthy',
      dependencyAt: 1_000_000,
      openings: 1,
      thresholds: {
        ...{ consecutiveFailures: 2, openMs: 2_000, maxOpenMs: 60_000 },
        ...{ successThreshold: 1, halfOpenLimit: 1, trialLeaseMs: 30_000 },
      },
      lastFailures: [{ name: 'TypeError', message: 'connect ECONNREFUSED', count: 2, at: 1_000_000 }],
      check: ['the dependency itself: its health check fails as well', 'the last failures, which are listed'],
    })
  })

  it('says that a circuit waits for a call when its time is over', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, jitter: 0, failuresKept: 0, clock })
    breaker.recordFailure(refused)
    await clock.advance(100)

    expect(breaker.diagnose()).toMatchObject({
      state: 'half-open',
      nextTrialInMs: 0,
      endsWhen: 'at the next call: the next trial succeeds',
      lastFailures: [],
      check: ['whether any call comes at all: a trial is made by a call, and not by time alone'],
    })
  })

  it('names trials that hang', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, jitter: 0, failuresKept: 0, clock })
    breaker.recordFailure(refused)
    await clock.advance(100)
    breaker.tryAcquire()

    expect(breaker.diagnose().check).toEqual([
      'trials that hang: each keeps its place for up to 30.0 s; give the work a timeout',
    ])
  })

  it('names who holds it', () => {
    const breaker = circuitBreaker({ clock: new FakeClock() })
    breaker.isolate('migration')

    expect(breaker.diagnose()).toMatchObject({
      because: 'forced-open by hand: migration',
      endsWhen: 'whoever holds it open gives it back',
      nextTrialInMs: null,
    })
  })

  it('says nothing ends of a closed circuit', () => {
    const breaker = circuitBreaker({ slowCallMs: 100, clock: new FakeClock() })

    expect(breaker.diagnose()).toMatchObject({
      ...{ because: 'no calls in the window', endsWhen: '', nextTrialInMs: null, dependency: 'unknown' },
      ...{ check: [], thresholds: { slowCallMs: 100, slowCallRatio: 0.5, windowMs: 30_000 } },
    })
  })

  it('says of a breaker that was held open by hand who to ask, whatever it is in by itself', () => {
    const breaker = circuitBreaker({ consecutiveFailures: 1, failuresKept: 0, clock: new FakeClock() })
    breaker.recordFailure(refused)
    breaker.setOverride('forced-open', 'maintenance')

    expect(breaker.diagnose()).toMatchObject({
      ...{ state: 'open', override: 'forced-open', because: 'forced-open by hand: maintenance' },
      ...{ endsWhen: 'whoever holds it open gives it back', nextTrialInMs: null },
      check: ['who gave the order, and whether it is still wanted'],
    })
  })

  it('says of a breaker that lets calls through by hand when it would try by itself', () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 700, jitter: 0, clock })
    breaker.recordFailure(refused)
    breaker.setOverride('forced-closed', 'drill')

    expect(breaker.diagnose()).toMatchObject({
      ...{ state: 'open', override: 'forced-closed', because: 'forced-closed by hand: drill' },
      ...{ endsWhen: 'in 0.7 s, at the next call: the next trial succeeds', nextTrialInMs: 700 },
    })
  })

  it('says of a half-open circuit what its trials wait for, and that the health check may take another way', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, halfOpenLimit: 2, clock })
    breaker.recordFailure(refused)
    breaker.dependencyHealthy()
    breaker.tryAcquire()

    expect(breaker.diagnose()).toMatchObject({
      ...{ state: 'half-open', endsWhen: 'the next trial succeeds', nextTrialInMs: null },
      dependency: 'healthy',
      check: [
        'the dependency is said to be healthy: whether the health check takes the way that the calls take',
        'the last failures, which are listed',
      ],
    })
  })

  it('does not know a dependency of which nothing was said, also after it failed', () => {
    const breaker = circuitBreaker({ clock: new FakeClock() })
    breaker.recordFailure(refused)

    expect(breaker.diagnose()).toMatchObject({
      ...{ dependency: 'unknown', dependencyAt: null, openings: 0, nextTrialInMs: null, check: [] },
    })
  })

  it('looks at neither health nor failures of a circuit that is closed', () => {
    const breaker = circuitBreaker({ clock: new FakeClock({ epochMs: 5_000 }) })
    breaker.dependencyHealthy()
    const whenHealthy = breaker.diagnose()
    breaker.dependencyUnhealthy()

    expect(whenHealthy).toMatchObject({ dependency: 'healthy', dependencyAt: 5_000, check: [] })
    expect(breaker.diagnose()).toMatchObject({ dependency: 'unhealthy', check: [] })
  })

  it.each([
    [299, false],
    [300, true],
  ])('says that the open time has grown to its cap: %i of 300 ms: %s', (openMs, isSaid) => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({
      ...{ consecutiveFailures: 1, openMs: () => openMs, maxOpenMs: 300, failuresKept: 0, clock },
    })
    breaker.recordFailure(refused)

    expect(breaker.diagnose().check).toEqual(
      isSaid ? ['the open time has grown to its cap of 0.3 s: the dependency has been down for long'] : [],
    )
  })

  it('says how a ramp ends', async () => {
    const clock = new FakeClock()
    const ramp = { steps: [0.25, 0.5], stepMs: 1_000 }
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, jitter: 0, ramp, clock })
    breaker.recordFailure(refused)
    await clock.advance(100)
    breaker.recordSuccess()
    await clock.advance(500)
    const halfWay = breaker.diagnose()
    await clock.advance(1_500)

    const over = breaker.diagnose()

    expect(halfWay).toMatchObject({
      ...{ state: 'closed', because: 'recovered, 25 % of calls are let in for now', nextTrialInMs: null },
      ...{ endsWhen: 'all calls are let in in 1.5 s unless too many fail', check: [] },
    })
    expect(over.endsWhen).toBe('')
  })

  it.each([
    [
      { failureRatio: 0.4, minimumCalls: 7, windowCalls: 50, slowCallMs: 100, slowCallRatio: 0.9 },
      { failureRatio: 0.4, minimumCalls: 7, windowCalls: 50, slowCallMs: 100, slowCallRatio: 0.9 },
    ],
    [{}, { failureRatio: 0.5, minimumCalls: 20, windowMs: 30_000 }],
    [
      { consecutiveFailures: 3, slowCallMs: 100 },
      { consecutiveFailures: 3, slowCallMs: 100 },
    ],
    [
      { consecutiveFailures: 3, trials: 4, trialSuccessRatio: 0.5 },
      { consecutiveFailures: 3, trials: 4, successThreshold: 2 },
    ],
  ])('says the numbers in force, and no others: %j', (options, opening) => {
    const breaker = circuitBreaker({ ...options, clock: new FakeClock() })

    expect(breaker.diagnose().thresholds).toEqual({
      ...{ openMs: 5_000, maxOpenMs: 60_000, successThreshold: 1, halfOpenLimit: 1, trialLeaseMs: 30_000 },
      ...opening,
    })
  })

  it('rounds the wait for the next trial up', () => {
    const breaker = circuitBreaker({
      ...{ consecutiveFailures: 1, openMs: () => 100.2, clock: new FakeClock() },
    })
    breaker.recordFailure(refused)

    expect(breaker.diagnose().nextTrialInMs).toBe(101)
  })
})
