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

  it('keeps the last different failures, as many as it was told, newest first', () => {
    const breaker = circuitBreaker({ failuresKept: 2, clock: new FakeClock() })
    const [one, two, three] = ['one', 'two', 'three'].map((message) => new Error(message))
    const failures = [one, two, one, three]
    failures.forEach((failure) => breaker.recordFailure(failure))

    const kept = breaker.diagnose().lastFailures.map(({ message, count }) => `${message} ${count}`)

    expect(kept).toEqual(['three 1', 'one 2'])
  })

  it('cuts long messages, and reads what cannot be read as little as it can', () => {
    const breaker = circuitBreaker({ clock: new FakeClock() })
    const hostile = new Proxy(new Error('x'), {
      get: () => {
        throw new Error('trap')
      },
    })
    breaker.recordFailure(new Error('x'.repeat(1_000)))
    breaker.recordFailure(hostile)

    const [unread, long] = breaker.diagnose().lastFailures

    expect([unread?.message, long?.message.length]).toEqual(['cannot be read', 200])
  })

  it('says nothing ends of a closed circuit', () => {
    const breaker = circuitBreaker({ slowCallMs: 100, clock: new FakeClock() })

    expect(breaker.diagnose()).toMatchObject({
      ...{ because: 'no calls in the window', endsWhen: '', nextTrialInMs: null, dependency: 'unknown' },
      ...{ check: [], thresholds: { slowCallMs: 100, slowCallRatio: 0.5, windowMs: 30_000 } },
    })
  })
})
