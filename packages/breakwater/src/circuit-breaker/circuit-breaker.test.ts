import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { CircuitBreaker } from './circuit-breaker-api.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitEvent } from './circuit-breaker-events.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

const broken = new Error('broken')

function end(breaker: CircuitBreaker, outcomes: string): void {
  for (const outcome of outcomes) {
    const permit = breaker.tryAcquire()
    if (outcome === 'f') permit?.fail(broken)
    if (outcome === 's') permit?.succeed()
    if (outcome === 'i') permit?.ignore()
  }
}

/** A breaker that opens at the first failure for 100 ms, and its clock and events. */
function scene(options: CircuitBreakerOptions = {}): {
  breaker: CircuitBreaker
  clock: FakeClock
  events: CircuitEvent[]
} {
  const clock = new FakeClock()
  const events: CircuitEvent[] = []
  const byRatio = 'failureRatio' in options || 'minimumCalls' in options
  const breaker = circuitBreaker({
    ...(byRatio ? {} : { consecutiveFailures: 1 }),
    openMs: 100,
    jitter: 0,
    clock,
    onEvent: (event) => events.push(event),
    ...options,
  })
  return { breaker, clock, events }
}

describe('circuitBreaker() by consecutive failures', () => {
  it.each([
    ['ff', 'closed'],
    ['fff', 'open'],
    ['ffsff', 'closed'],
    ['ffsfff', 'open'],
    ['ffiff', 'open'],
  ])('opens at the third failure in a row: after %s it is %s', (outcomes, state) => {
    const { breaker } = scene({ consecutiveFailures: 3 })

    end(breaker, outcomes)

    expect(breaker.state).toBe(state)
  })

  it('counts failures in a row however much time lies between them', async () => {
    const { breaker, clock } = scene({ consecutiveFailures: 2 })
    end(breaker, 'f')
    await clock.advance(86_400_000)

    end(breaker, 'f')

    expect(breaker.state).toBe('open')
  })
})

describe('circuitBreaker() by ratio', () => {
  it.each([
    ['ffff', 'closed'],
    ['fffff', 'open'],
    ['ssssf', 'closed'],
    ['ssssffff', 'open'],
    ['sssssfff', 'closed'],
    ['sssff', 'closed'],
    ['sssfff', 'open'],
  ])('needs five calls and half of them failed: after %s it is %s', (outcomes, state) => {
    const { breaker } = scene({ failureRatio: 0.5, minimumCalls: 5 })

    end(breaker, outcomes)

    expect(breaker.state).toBe(state)
  })

  it.each([0.07, 0.29, 0.55, 0.57, 0.58, 0.1, 0.7])('opens at a ratio of exactly %d', (failureRatio) => {
    const { breaker } = scene({ failureRatio, minimumCalls: 100 })
    const failures = Math.round(100 * failureRatio)

    end(breaker, 's'.repeat(100 - failures) + 'f'.repeat(failures - 1))
    const before = breaker.state
    end(breaker, 'f')

    expect([before, breaker.state]).toEqual(['closed', 'open'])
  })

  it.each([
    [900, 'open'],
    [999, 'open'],
    [1_000, 'closed'],
  ])('remembers a failure for %i ms of a window of 1 s: %s', async (ms, state) => {
    const { breaker, clock } = scene({ failureRatio: 1, minimumCalls: 2, windowMs: 1_000 })
    end(breaker, 'f')
    await clock.advance(ms)

    end(breaker, 'f')

    expect(breaker.state).toBe(state)
  })

  it('says why it opened', () => {
    const { breaker, events } = scene({ failureRatio: 0.5, minimumCalls: 4, windowMs: 30_000 })

    end(breaker, 'sfff')

    expect(events).toEqual([
      {
        type: 'CircuitOpened',
        policy: 'circuit-breaker',
        reason: '75 % of 4 calls failed in 30 s',
        openMs: 100,
      },
    ])
  })
})

describe('circuitBreaker() from state to state', () => {
  it.each([
    [99, 'open', false],
    [100, 'half-open', true],
    [101, 'half-open', true],
  ])('%i ms after it opened for 100 ms it is %s', async (ms, state, admits) => {
    const { breaker, clock } = scene()
    end(breaker, 'f')
    await clock.advance(ms)

    const seen = breaker.state

    expect([seen, breaker.tryAcquire() !== undefined]).toEqual([state, admits])
  })

  it('reports opening, the first trial and closing', async () => {
    const { breaker, clock, events } = scene({ name: 'stripe' })
    end(breaker, 'f')
    await clock.advance(150)

    end(breaker, 's')

    expect(events).toEqual([
      { type: 'CircuitOpened', policy: 'stripe', reason: 'a call failed', openMs: 100 },
      { type: 'CircuitHalfOpened', policy: 'stripe' },
      { type: 'CircuitClosed', policy: 'stripe', afterMs: 150 },
    ])
  })

  it('each failed trial doubles the open time up to the longest, and a close starts over', async () => {
    const { breaker, clock, events } = scene({ maxOpenMs: 500 })
    for (let i = 0; i < 5; i++) {
      end(breaker, 'f')
      await clock.advance(500)
    }
    end(breaker, 'sf')

    const openTimes = events.flatMap((event) => (event.type === 'CircuitOpened' ? [event.openMs] : []))

    expect(openTimes).toEqual([100, 200, 400, 500, 500, 100])
  })

  it('the open time stays finite after a thousand failed trials', async () => {
    const { breaker, clock } = scene({ maxOpenMs: 100 })
    for (let i = 0; i < 1_000; i++) {
      end(breaker, 'f')
      await clock.advance(100)
    }

    end(breaker, 's')

    expect(breaker.state).toBe('closed')
  })

  it.each([
    [0, 80],
    [0.5, 100],
    [1, 120],
  ])('chance %d spreads an open time of 100 ms by a fifth to %i ms', (chance, openMs) => {
    const { breaker, events } = scene({ jitter: 0.2, random: { next: () => chance } })

    end(breaker, 'f')

    expect(events).toMatchObject([{ openMs }])
  })

  it('closes only after as many successful trials as it was told', async () => {
    const { breaker, clock } = scene({ successThreshold: 3 })
    end(breaker, 'f')
    await clock.advance(100)

    end(breaker, 'ss')
    const before = breaker.state
    end(breaker, 's')

    expect([before, breaker.state]).toEqual(['half-open', 'closed'])
  })

  it('a failed trial opens it again, and other trials under way no longer count', async () => {
    const { breaker, clock } = scene({ halfOpenLimit: 2 })
    end(breaker, 'f')
    await clock.advance(100)
    const trials = [breaker.tryAcquire(), breaker.tryAcquire()]

    trials[0]?.fail(broken)
    trials[1]?.succeed()

    expect(breaker.state).toBe('open')
  })

  it.each([
    [99, false],
    [100, true],
  ])('a lease of 100 ms has given the place back after %i ms: %s', async (ms, isGiven) => {
    const { breaker, clock } = scene({ trialLeaseMs: 100 })
    end(breaker, 'f')
    await clock.advance(100)
    breaker.tryAcquire()
    await clock.advance(ms)

    expect(breaker.tryAcquire() !== undefined).toBe(isGiven)
  })

  it('a trial longer than its lease still counts when nobody has taken its place', async () => {
    const { breaker, clock } = scene({ trialLeaseMs: 100 })
    end(breaker, 'f')
    await clock.advance(100)
    const trial = breaker.tryAcquire()
    await clock.advance(1_000)

    trial?.succeed()

    expect(breaker.state).toBe('closed')
  })

  it('errors that are no failure count neither for nor against', async () => {
    const { breaker, clock } = scene({ isFailure: (error) => error !== broken })
    end(breaker, 'ffff')
    const afterExcluded = breaker.state
    breaker.tryAcquire()?.fail(new Error('other'))
    await clock.advance(100)
    end(breaker, 'f')

    expect([afterExcluded, breaker.state]).toEqual(['closed', 'half-open'])
  })

  it('a rule that throws makes the error a failure', () => {
    const { breaker } = scene({
      isFailure: () => {
        throw new Error('rule bug')
      },
    })

    end(breaker, 'f')

    expect(breaker.state).toBe('open')
  })

  it('runs work on its own and refuses it while open', async () => {
    const { breaker } = scene()

    const value = await breaker.run(() => 'fine')
    await breaker.run(() => Promise.reject(broken)).catch(() => undefined)

    expect(value).toBe('fine')
    await expect(breaker.run(() => 'refused')).rejects.toThrow(
      "Circuit 'circuit-breaker' is open: a call failed",
    )
  })
})
