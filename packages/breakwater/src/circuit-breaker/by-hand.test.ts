import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { CircuitBreaker } from './circuit-breaker-api.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitEvent } from './circuit-breaker-events.ts'

const broken = new Error('broken')

function scene(consecutiveFailures = 2): {
  breaker: CircuitBreaker
  clock: FakeClock
  events: CircuitEvent[]
} {
  const clock = new FakeClock()
  const events: CircuitEvent[] = []
  const onEvent = (event: CircuitEvent): unknown => events.push(event)
  const breaker = circuitBreaker({ consecutiveFailures, openMs: 100, jitter: 0, clock, onEvent })
  return { breaker, clock, events }
}

describe('circuitBreaker().recordFailure() and recordSuccess()', () => {
  it('open the circuit as calls would', () => {
    const { breaker } = scene()
    breaker.recordFailure(broken)
    breaker.recordSuccess()
    breaker.recordFailure(broken)
    const before = breaker.isOpen()

    breaker.recordFailure(broken)

    expect([before, breaker.isOpen()]).toEqual([false, true])
  })

  it('say nothing while the circuit is open', () => {
    const { breaker } = scene(1)
    breaker.recordFailure(broken)

    breaker.recordSuccess()
    breaker.recordFailure(broken)

    expect([breaker.state, breaker.diagnose().openings]).toEqual(['open', 1])
  })

  it('a success after the open time closes the circuit', async () => {
    const { breaker, clock, events } = scene(1)
    breaker.recordFailure(broken)
    await clock.advance(100)

    breaker.recordSuccess()

    expect(events.map(({ type }) => type)).toEqual(['CircuitOpened', 'CircuitHalfOpened', 'CircuitClosed'])
  })

  it('a failure after the open time opens it for longer', async () => {
    const { breaker, clock } = scene(1)
    breaker.recordFailure(broken)
    await clock.advance(100)

    breaker.recordFailure(broken)

    expect(breaker.diagnose().nextTrialInMs).toBe(200)
  })

  it('a failure that does not count is no trial either', async () => {
    const clock = new FakeClock()
    const isFailure = (error: unknown): boolean => error === broken
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, jitter: 0, clock, isFailure })
    breaker.recordFailure(broken)
    await clock.advance(100)

    breaker.recordFailure(new Error('of the caller'))

    expect(breaker.state).toBe('half-open')
  })

  it('a slow success counts as slow', () => {
    const breaker = circuitBreaker({ slowCallMs: 50, minimumCalls: 2, clock: new FakeClock() })
    breaker.recordSuccess(49)

    breaker.recordSuccess(50)

    expect(breaker.facts().reason).toBe('50 % of 2 calls took 50 ms or more in 30 s')
  })

  it('do not count under an order', () => {
    const { breaker } = scene(1)
    breaker.setOverride('forced-closed')

    breaker.recordFailure(broken)

    expect(breaker.state).toBe('closed')
  })
})

describe('circuitBreaker().isolate()', () => {
  it('refuses all calls until each hold is released', () => {
    const { breaker } = scene()
    const one = breaker.isolate('one')
    const other = breaker.isolate('other')

    one.release()
    one.release()
    const whileHeld = breaker.tryAcquire()
    other.release()

    expect([whileHeld, breaker.isolation]).toEqual([undefined, undefined])
    expect(breaker.tryAcquire()).toBeDefined()
  })

  it('is stronger than an override, which comes back when it ends', () => {
    const { breaker } = scene()
    breaker.setOverride('forced-closed', 'drill')
    const hold = breaker.isolate('migration')
    const whileHeld = [breaker.override, breaker.tryAcquire()]

    hold.release()

    expect([whileHeld, breaker.override]).toEqual([['forced-open', undefined], 'forced-closed'])
  })

  it('survives an override that is given back', () => {
    const { breaker } = scene()
    breaker.isolate('migration')

    breaker.setOverride('forced-open')
    breaker.setOverride('automatic')

    expect(breaker.tryAcquire()).toBeUndefined()
  })

  it('reports the first hold and the last release', () => {
    const { breaker, events } = scene()

    const one = breaker.isolate('migration')
    breaker.isolate('drill').release()
    one.release()

    const policy = 'circuit-breaker'
    expect(events).toEqual([
      { type: 'CircuitOverridden', policy, mode: 'forced-open', reason: 'migration' },
      { type: 'CircuitOverridden', policy, mode: 'automatic', reason: 'isolation released' },
    ])
  })
})

describe('circuitBreaker().reset()', () => {
  it('closes an open circuit, which then opens for the first time again', async () => {
    const { breaker, clock, events } = scene(1)
    breaker.recordFailure(broken)
    await clock.advance(150)
    breaker.recordFailure(broken)

    breaker.reset()
    breaker.recordFailure(broken)

    expect(events.map((event) => ('openMs' in event ? event.openMs : event.type))).toEqual([
      ...[100, 'CircuitHalfOpened', 200, 'CircuitClosed', 100],
    ])
  })

  it('forgets what was counted, and says nothing of a circuit that is closed', () => {
    const { breaker, events } = scene(2)
    breaker.recordFailure(broken)

    breaker.reset()
    breaker.recordFailure(broken)

    expect([breaker.state, events]).toEqual(['closed', []])
  })

  it('a call from before it does not count', () => {
    const { breaker } = scene(1)
    const permit = breaker.tryAcquire()

    breaker.reset()
    permit?.fail(broken)

    expect(breaker.state).toBe('closed')
  })

  it('leaves orders alone', () => {
    const { breaker } = scene()
    breaker.setOverride('forced-open')

    breaker.reset()

    expect(breaker.override).toBe('forced-open')
  })
})
