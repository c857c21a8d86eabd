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

/** A breaker that opens at the first failure for 100 ms. */
function scene(options: CircuitBreakerOptions = {}): Scene {
  const clock = new FakeClock()
  const events: CircuitEvent[] = []
  const onEvent = (event: CircuitEvent): unknown => events.push(event)
  const breaker = circuitBreaker({
    ...{ consecutiveFailures: 1, openMs: 100, jitter: 0, clock, onEvent, ...options },
  })
  return { breaker, clock, events }
}

describe('circuitBreaker().isOpen() and admittedShare', () => {
  it('tell a closed circuit from an open one, up to its next trial', async () => {
    const { breaker, clock } = scene()
    const seen = [[breaker.isOpen(), breaker.admittedShare]]
    breaker.recordFailure(broken)
    seen.push([breaker.isOpen(), breaker.admittedShare])
    await clock.advance(99)
    seen.push([breaker.isOpen(), breaker.admittedShare])
    await clock.advance(1)
    seen.push([breaker.isOpen(), breaker.admittedShare])
    breaker.tryAcquire()

    seen.push([breaker.isOpen(), breaker.admittedShare])

    expect(seen).toEqual([
      ...[
        [false, 1],
        [true, 0],
        [true, 0],
      ],
      ...[
        [false, 0],
        [false, 0],
      ],
    ])
  })

  it('follow an order, whatever the state below it', () => {
    const { breaker } = scene()
    breaker.setOverride('forced-open')
    const heldOpen = [breaker.isOpen(), breaker.admittedShare]
    breaker.setOverride('automatic')
    breaker.recordFailure(broken)

    breaker.setOverride('forced-closed')

    expect([heldOpen, [breaker.isOpen(), breaker.admittedShare]]).toEqual([
      [true, 0],
      [false, 1],
    ])
  })
})

describe('circuitBreaker().setOverride() and isolate()', () => {
  it('say that no reason was given', () => {
    const { breaker, events } = scene()

    breaker.setOverride('forced-closed')
    const hold = breaker.isolate()

    expect(hold.reason).toBe('no reason given')
    expect(events).toMatchObject([
      { mode: 'forced-closed', reason: 'no reason given' },
      { mode: 'forced-open', reason: 'no reason given' },
    ])
  })

  it('a hold that is released when there is no order any more changes nothing', () => {
    const { breaker, events } = scene()
    const hold = breaker.isolate('migration')
    hold.release()
    const said = events.length

    hold.release()

    expect([breaker.override, events.length]).toEqual(['automatic', said])
  })

  it('a hold that was released does not release the mode that was ordered', () => {
    const { breaker } = scene()
    const hold = breaker.isolate('migration')
    hold.release()
    breaker.setOverride('forced-open', 'maintenance')

    hold.release()

    expect([breaker.override, breaker.diagnose().because]).toEqual([
      'forced-open',
      'forced-open by hand: maintenance',
    ])
  })

  it('automatic, when nothing else was ordered, says nothing', () => {
    const { breaker, events } = scene()

    breaker.setOverride('automatic', 'to be sure')

    expect([breaker.override, events]).toEqual(['automatic', []])
  })
})

describe('circuitBreaker().reset() and records', () => {
  it('says how long an open circuit was', async () => {
    const { breaker, clock, events } = scene()
    await clock.advance(1_000)
    breaker.recordFailure(broken)
    await clock.advance(70)

    breaker.reset()

    expect(events.at(-1)).toEqual({ type: 'CircuitClosed', policy: 'circuit-breaker', afterMs: 70 })
  })

  it('of a ramp lets all calls in, and says nothing, as it was closed', async () => {
    const { breaker, clock, events } = scene({ ramp: {} })
    breaker.recordFailure(broken)
    await clock.advance(100)
    breaker.recordSuccess()
    const said = events.length

    breaker.reset()

    expect([breaker.admittedShare, events.length]).toEqual([1, said])
  })

  it('a failure that is told of during a ramp counts in it', async () => {
    const { breaker, clock } = scene({ ramp: { minimumCalls: 1 }, consecutiveFailures: 2 })
    breaker.recordFailure(broken)
    breaker.recordFailure(broken)
    await clock.advance(100)
    breaker.recordSuccess()

    breaker.recordFailure(broken)

    expect(breaker.facts()).toMatchObject({
      ...{ state: 'open', reason: '1 of 1 calls failed while load came back' },
    })
  })

  it('a failure that is told of during a ramp counts in the window as well', async () => {
    const { breaker, clock } = scene({ ramp: {}, consecutiveFailures: 2 })
    breaker.recordFailure(broken)
    breaker.recordFailure(broken)
    await clock.advance(100)
    breaker.recordSuccess()

    breaker.recordFailure(broken)

    expect(breaker.facts()).toMatchObject({ state: 'closed', windowFailures: 1 })
  })

  it('a failure that is told of one millisecond before the open time is over is no trial', async () => {
    const { breaker, clock, events } = scene()
    breaker.recordFailure(broken)
    await clock.advance(99)
    breaker.recordFailure(broken)
    const before = events.length
    await clock.advance(1)

    breaker.recordFailure(broken)

    expect([before, events.length]).toEqual([1, 3])
  })
})

describe('circuitBreaker({ restore })', () => {
  it('a next trial is held to the longest open time with its jitter', () => {
    const { breaker: before } = scene()
    before.recordFailure(broken)
    const restore = { ...before.snapshot(), retryAt: Number.MAX_SAFE_INTEGER }

    const { breaker } = scene({ restore, maxOpenMs: 1_000, jitter: 0.5 })

    expect(breaker.diagnose().nextTrialInMs).toBe(1_500)
  })

  it('the refusal of a restored open circuit says how long still', async () => {
    const { breaker: before } = scene()
    before.recordFailure(broken)

    const { breaker } = scene({ restore: before.snapshot() })

    await expect(breaker.run(() => 1)).rejects.toMatchObject({ remainingMs: 100 })
  })

  it('slots that a snapshot names twice, or in any order, add up', () => {
    const before = circuitBreaker({ clock: new FakeClock() }).snapshot()
    const evidence = [...[5, 2, 1, 0], ...[1, 3, 0, 0], ...[5, 4, 1, 0], ...[0, 1, 0, 0], ...[8, 1, 1, 0]]
    const restore = { ...before, evidence }

    const breaker = circuitBreaker({ clock: new FakeClock(), restore })

    expect(breaker.snapshot().evidence).toEqual([...[0, 1, 0, 0, 1, 3, 0, 0], ...[5, 6, 2, 0, 8, 1, 1, 0]])
    expect(breaker.facts()).toMatchObject({ windowCalls: 11, windowFailures: 3 })
  })
})
