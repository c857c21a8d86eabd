import { describe, expect, it } from 'vitest'
import type { CircuitEvent } from '../circuit-breaker/circuit-breaker-events.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { KeyedCircuitBreaker } from './keyed-breaker-api.ts'
import { keyedCircuitBreaker } from './keyed-circuit-breaker.ts'

function scene(): { breaker: KeyedCircuitBreaker; events: CircuitEvent[] } {
  const events: CircuitEvent[] = []
  const breaker = keyedCircuitBreaker({
    ...{ name: 'hosts', consecutiveFailures: 1, clock: new FakeClock() },
    onEvent: (event) => events.push(event),
  })
  return { breaker, events }
}

describe('keyedCircuitBreaker().setOverride()', () => {
  it('lets the calls of all keys through, and their states wait', () => {
    const { breaker } = scene()
    breaker.tryAcquire('a')?.fail(new Error('broken'))

    breaker.setOverride('forced-closed', 'drill')
    const letIn = breaker.tryAcquire('a')
    letIn?.succeed()
    breaker.setOverride('automatic')

    expect([letIn === undefined, breaker.tryAcquire('a')]).toEqual([false, undefined])
  })

  it('refuses the calls of all keys, also of new ones', async () => {
    const { breaker } = scene()

    breaker.setOverride('forced-open', 'drill')

    await expect(breaker.run(() => 1, { key: 'a' })).rejects.toThrow(
      "Circuit 'hosts' is open: held open by hand: drill",
    )
    expect(breaker.keys).toBe(0)
  })

  it('is what facts say beside the state', () => {
    const { breaker } = scene()
    const before = breaker.override

    breaker.setOverride('forced-closed')

    expect([before, breaker.override, breaker.facts().override]).toEqual([
      'automatic',
      'forced-closed',
      'forced-closed',
    ])
  })

  it('is said once, without a key, when it is ordered twice', () => {
    const { breaker, events } = scene()

    breaker.setOverride('automatic')
    breaker.setOverride('forced-open')
    breaker.setOverride('forced-open', 'again')
    breaker.setOverride('automatic', 'over')

    const event = { type: 'CircuitOverridden', policy: 'hosts' }
    expect(events).toEqual([
      { ...event, mode: 'forced-open', reason: 'no reason given' },
      { ...event, mode: 'automatic', reason: 'over' },
    ])
  })

  it('refuses a mode that there is not, and changes nothing', () => {
    const { breaker, events } = scene()

    expect(() => breaker.setOverride('closed' as 'automatic')).toThrow(
      "Cannot override circuit breaker as 'mode' must be one of forced-open, forced-closed, automatic: current value is closed",
    )
    expect([breaker.override, events]).toEqual(['automatic', []])
  })
})
