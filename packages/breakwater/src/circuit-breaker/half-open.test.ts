import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitBreaker } from './circuit-breaker-api.ts'
import type { CircuitEvent } from './circuit-breaker-events.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

const broken = new Error('broken')

interface Scene {
  readonly breaker: CircuitBreaker
  readonly clock: FakeClock
  readonly events: CircuitEvent[]
}

/** A breaker whose open time has just ended. */
async function atTrial(options: CircuitBreakerOptions): Promise<Scene> {
  const clock = new FakeClock()
  const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, jitter: 0, clock, ...options })
  const events: CircuitEvent[] = []
  breaker.recordFailure(broken)
  await clock.advance(100)
  breaker.on((event) => events.push(event))
  return { breaker, clock, events }
}

describe('circuitBreaker() while half-open', () => {
  it('a trial whose place another has taken after its lease does not count', async () => {
    const { breaker, clock } = await atTrial({ trialLeaseMs: 100 })
    const hanging = breaker.tryAcquire()
    await clock.advance(100)
    const other = breaker.tryAcquire()

    hanging?.fail(broken)
    const afterHanging = breaker.state
    other?.succeed()

    expect([afterHanging, breaker.state]).toEqual(['half-open', 'closed'])
  })

  it('a trial whose lease is over still counts while there is room for others', async () => {
    const { breaker, clock } = await atTrial({ trialLeaseMs: 100, halfOpenLimit: 2 })
    const hanging = breaker.tryAcquire()
    await clock.advance(100)
    breaker.tryAcquire()

    hanging?.succeed()

    expect(breaker.state).toBe('closed')
  })

  it.each([
    [99, false],
    [100, true],
  ])('%i ms after a trial began its place is given away: %s', async (ms, isGiven) => {
    const { breaker, clock } = await atTrial({ trialLeaseMs: 100 })
    breaker.tryAcquire()
    await clock.advance(ms)

    const other = breaker.tryAcquire()

    expect(other !== undefined).toBe(isGiven)
  })

  it('lets in as many trials as are left to decide by, after some succeeded and some failed', async () => {
    const { breaker } = await atTrial({ trials: 4, successThreshold: 3, halfOpenLimit: 10 })
    breaker.tryAcquire()?.fail(broken)
    breaker.tryAcquire()?.succeed()

    const permits = [1, 2, 3].map(() => breaker.tryAcquire())

    expect(permits.map((permit) => permit !== undefined)).toEqual([true, true, false])
    expect(breaker.facts().reason).toBe('2 trials run, 1 succeeded, 1 failed')
  })

  it('says why it opened again: a trial failed', async () => {
    const { breaker, events } = await atTrial({})

    breaker.tryAcquire()?.fail(broken)

    const policy = 'circuit-breaker'
    expect(events).toEqual([
      { type: 'CircuitHalfOpened', policy },
      { type: 'CircuitOpened', policy, reason: 'a trial failed', openMs: 200 },
    ])
  })

  it('is since its first trial', async () => {
    const { breaker, clock } = await atTrial({})
    await clock.advance(50)

    breaker.tryAcquire()

    expect(breaker.facts().since).toBe(clock.epochNow())
  })

  it('lets calls in by share, and says so, neither before nor after', async () => {
    const { breaker, clock } = await atTrial({ ramp: {} })
    const shares = [breaker.stats().gauges]
    breaker.tryAcquire()?.succeed()
    shares.push(breaker.stats().gauges)
    await clock.advance(5_000)
    shares.push(breaker.stats().gauges)
    await clock.advance(5_000)
    shares.push(breaker.stats().gauges)
    await clock.advance(5_000)

    shares.push(breaker.stats().gauges)

    expect(shares).toEqual([{}, { admittedShare: 0.1 }, { admittedShare: 0.3 }, { admittedShare: 0.6 }, {}])
  })
})

describe('circuitBreaker({ ramp })', () => {
  const ramp = { steps: [0.25, 0.5], stepMs: 1_000, minimumCalls: 1, failureRatio: 0.5 }

  it('says in a later step when that one ends', async () => {
    const { breaker, clock } = await atTrial({ ramp, random: { next: () => 0.9 } })
    await clock.advance(500)
    breaker.tryAcquire()?.succeed()
    await clock.advance(1_300)

    await expect(breaker.run(() => 1)).rejects.toMatchObject({ remainingMs: 700 })
  })

  it('opens again with a reason, and its next closing tells the time from then on', async () => {
    const { breaker, clock, events } = await atTrial({
      ...{ ramp, random: { next: () => 0 }, consecutiveFailures: 5, openMs: () => 100 },
    })
    for (let i = 0; i < 5; i++) breaker.recordFailure(broken)
    await clock.advance(100)
    breaker.tryAcquire()?.succeed()
    await clock.advance(500)
    events.length = 0
    breaker.tryAcquire()?.fail(broken)
    await clock.advance(100)

    breaker.tryAcquire()?.succeed()

    expect(events).toMatchObject([
      { type: 'CircuitOpened', reason: '1 of 1 calls failed while load came back' },
      { type: 'CircuitHalfOpened' },
      { type: 'CircuitClosed', afterMs: 100 },
    ])
  })

  it('a call from before the circuit opened does not count in it', async () => {
    const clock = new FakeClock()
    const options = { consecutiveFailures: 1, openMs: 100, jitter: 0, ramp, random: { next: () => 0 } }
    const breaker = circuitBreaker({ ...options, clock })
    const late = breaker.tryAcquire()
    breaker.recordFailure(broken)
    await clock.advance(100)
    breaker.recordSuccess()

    late?.fail(broken)

    expect(breaker.admittedShare).toBe(0.25)
  })
})
