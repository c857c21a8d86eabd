import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { CircuitBreaker } from './circuit-breaker-api.ts'
import { circuitBreaker } from './circuit-breaker.ts'

const broken = new Error('broken')

/** A breaker in a state that it came to by itself. */
async function breakerIn(state: string): Promise<CircuitBreaker> {
  const clock = new FakeClock()
  const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, jitter: 0, clock })
  if (state !== 'closed') breaker.tryAcquire()?.fail(broken)
  if (state === 'half-open') {
    await clock.advance(100)
    breaker.tryAcquire()?.ignore()
  }
  return breaker
}

describe('circuitBreaker().setOverride()', () => {
  it.each(['closed', 'open', 'half-open'])(
    'forced-open refuses each call of a breaker that is %s',
    async (state) => {
      const breaker = await breakerIn(state)

      breaker.setOverride('forced-open', 'maintenance')

      expect(breaker.tryAcquire()).toBeUndefined()
      expect([breaker.state, breaker.override]).toEqual([state, 'forced-open'])
    },
  )

  it.each(['closed', 'open', 'half-open'])(
    'forced-closed admits each call of a breaker that is %s',
    async (state) => {
      const breaker = await breakerIn(state)

      breaker.setOverride('forced-closed')
      for (let i = 0; i < 10; i++) breaker.tryAcquire()?.fail(broken)

      expect(breaker.tryAcquire()).toBeDefined()
      expect(breaker.state).toBe(state)
    },
  )

  it.each(['closed', 'open', 'half-open'])('automatic goes on where the breaker was: %s', async (state) => {
    const breaker = await breakerIn(state)

    breaker.setOverride('forced-open')
    breaker.setOverride('automatic')

    expect(breaker.tryAcquire() !== undefined).toBe(state !== 'open')
    expect([breaker.state, breaker.override]).toEqual([state, 'automatic'])
  })

  it('a call that a person let in never counts, also when it ends after the order', async () => {
    const breaker = await breakerIn('closed')
    breaker.setOverride('forced-closed')
    const permit = breaker.tryAcquire()
    breaker.setOverride('automatic')

    permit?.fail(broken)

    expect(breaker.state).toBe('closed')
  })

  it('says who refuses and why', async () => {
    const breaker = await breakerIn('closed')
    breaker.setOverride('forced-open', 'maintenance')

    await expect(breaker.run(() => 1)).rejects.toMatchObject({
      message: "Circuit 'circuit-breaker' is open: held open by hand: maintenance",
      remainingMs: undefined,
    })
  })

  it('reports a change once', async () => {
    const breaker = await breakerIn('closed')
    const events: unknown[] = []
    breaker.on((event) => events.push(event))

    breaker.setOverride('forced-open', 'maintenance')
    breaker.setOverride('forced-open', 'again')

    const policy = 'circuit-breaker'
    expect(events).toEqual([
      { type: 'CircuitOverridden', policy, mode: 'forced-open', reason: 'maintenance' },
    ])
  })

  it('refuses a mode that there is not', async () => {
    const breaker = await breakerIn('closed')

    expect(() => breaker.setOverride('open' as 'forced-open')).toThrow(
      "'mode' must be one of forced-open, forced-closed, automatic: current value is open",
    )
    expect(breaker.override).toBe('automatic')
  })
})
