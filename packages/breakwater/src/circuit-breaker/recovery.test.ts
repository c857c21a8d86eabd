import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { CircuitBreaker } from './circuit-breaker-api.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

const broken = new Error('broken')

/** A breaker whose open time has just ended. */
async function atTrial(
  options: CircuitBreakerOptions,
): Promise<{ breaker: CircuitBreaker; clock: FakeClock }> {
  const clock = new FakeClock()
  const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, jitter: 0, clock, ...options })
  breaker.recordFailure(broken)
  await clock.advance(100)
  return { breaker, clock }
}

function end(breaker: CircuitBreaker, outcomes: string): void {
  for (const outcome of outcomes) {
    const permit = breaker.tryAcquire()
    if (outcome === 'f') permit?.fail(broken)
    else permit?.succeed()
  }
}

describe('circuitBreaker({ trials })', () => {
  it.each([
    ['sss', 'half-open'],
    ['ssss', 'closed'],
    ['fsss', 'half-open'],
    ['fssss', 'closed'],
    ['ff', 'open'],
    ['sssff', 'open'],
  ])('with 4 of 5 that must succeed, after %s it is %s', async (outcomes, state) => {
    const { breaker } = await atTrial({ trials: 5, trialSuccessRatio: 0.8 })

    end(breaker, outcomes)

    expect(breaker.state).toBe(state)
  })

  it('lets in no more trials than it decides by, however many may run at once', async () => {
    const { breaker } = await atTrial({ trials: 3, successThreshold: 3, halfOpenLimit: 10 })

    const permits = [1, 2, 3, 4].map(() => breaker.tryAcquire())

    expect(permits.map((permit) => permit !== undefined)).toEqual([true, true, true, false])
  })

  it('trials that say nothing give their places back', async () => {
    const { breaker } = await atTrial({ trials: 1 })

    breaker.tryAcquire()?.ignore()

    expect(breaker.tryAcquire()).toBeDefined()
  })

  it.each([
    [0.05, 5, 1],
    [0.4, 5, 2],
    [0.41, 5, 3],
    [1, 5, 5],
    [0.7, 10, 7],
  ])('a ratio of %d of %i trials is %i of them', async (trialSuccessRatio, trials, needed) => {
    const { breaker } = await atTrial({ trials, trialSuccessRatio })

    end(breaker, 's'.repeat(needed - 1))
    const before = breaker.state
    end(breaker, 's')

    expect([before, breaker.state]).toEqual(['half-open', 'closed'])
  })
})

describe('circuitBreaker({ slowCallMs })', () => {
  it('a slow trial has failed', async () => {
    const { breaker, clock } = await atTrial({ slowCallMs: 50 })
    const trial = breaker.tryAcquire()
    await clock.advance(50)

    trial?.succeed()

    expect(breaker.facts()).toMatchObject({ state: 'open', reason: 'a trial was slow' })
  })

  it('a call that is slow and fails counts once as each', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ slowCallMs: 50, minimumCalls: 10, clock })
    const permit = breaker.tryAcquire()
    await clock.advance(50)

    permit?.fail(broken)

    expect(breaker.facts().reason).toBe('1 of 1 calls failed, 1 were slow')
  })

  it('a slow failure that does not count is no slow call', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ slowCallMs: 50, isFailure: () => false, clock })
    const permit = breaker.tryAcquire()
    await clock.advance(50)

    permit?.fail(broken)

    expect(breaker.facts().reason).toBe('no calls in the window')
  })
})

describe('circuitBreaker({ ramp })', () => {
  const ramp = { steps: [0.25, 0.5], stepMs: 1_000, minimumCalls: 4, failureRatio: 0.5 }

  async function ramping(
    options: CircuitBreakerOptions = {},
  ): Promise<{ breaker: CircuitBreaker; clock: FakeClock }> {
    const made = await atTrial({ ramp, consecutiveFailures: 100, ...options })
    made.breaker.reset()
    for (let i = 0; i < 100; i++) made.breaker.recordFailure(broken)
    await made.clock.advance(100)
    end(made.breaker, 's')
    return made
  }

  it.each([
    [0, 0.25],
    [999, 0.25],
    [1_000, 0.5],
    [1_999, 0.5],
    [2_000, 1],
  ])('%i ms after it closed a share of %d is let in', async (ms, share) => {
    const { breaker, clock } = await ramping()
    await clock.advance(ms)

    expect([breaker.state, breaker.admittedShare]).toEqual(['closed', share])
  })

  it.each([
    [0.24, true],
    [0.25, false],
  ])('lets a call in that draws %d of a share of 0.25: %s', async (chance, isAdmitted) => {
    const { breaker } = await ramping({ random: { next: () => chance } })

    expect(breaker.tryAcquire() !== undefined).toBe(isAdmitted)
  })

  it('says in its refusal when more is let in', async () => {
    const { breaker, clock } = await ramping({ random: { next: () => 0.9 } })
    await clock.advance(400)

    const outcome = breaker.run(() => 1)

    await expect(outcome).rejects.toMatchObject({
      remainingMs: 600,
      message: "Circuit 'circuit-breaker' is open: recovered, 25 % of calls are let in for now",
    })
  })

  it.each([
    ['sff', 'closed'],
    ['sfff', 'open'],
    ['ssff', 'open'],
    ['sssf', 'closed'],
  ])('half of at least four calls that fail open it again: after %s it is %s', async (outcomes, state) => {
    const { breaker } = await ramping({ random: { next: () => 0 } })

    end(breaker, outcomes)

    expect(breaker.state).toBe(state)
  })

  it('an opening during the ramp is open for longer than the one before', async () => {
    const { breaker } = await ramping({ random: { next: () => 0 } })

    end(breaker, 'ffff')

    expect(breaker.diagnose()).toMatchObject({ openings: 2, nextTrialInMs: 200 })
  })

  it('after the ramp the next trouble is a new one', async () => {
    const { breaker, clock } = await ramping({ random: { next: () => 0 } })
    await clock.advance(2_000)
    end(breaker, 's')

    for (let i = 0; i < 100; i++) breaker.recordFailure(broken)

    expect(breaker.diagnose()).toMatchObject({ openings: 1, nextTrialInMs: 100 })
  })

  it('outcomes of calls from the ramp count in the closed state after it', async () => {
    const { breaker, clock } = await ramping({
      random: { next: () => 0 },
      consecutiveFailures: 1,
      ramp: { ...ramp, minimumCalls: 50 },
    })
    breaker.reset()
    breaker.recordFailure(broken)
    await clock.advance(100)
    end(breaker, 's')
    const permit = breaker.tryAcquire()
    await clock.advance(2_000)
    breaker.tryAcquire()

    permit?.fail(broken)

    expect(breaker.state).toBe('open')
  })
})
