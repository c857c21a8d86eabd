import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { CircuitBreaker, CircuitPermit } from './circuit-breaker-api.ts'
import { circuitBreaker } from './circuit-breaker.ts'

const broken = new Error('broken')

/** All orders of a few things. */
function ordersOf<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, index) =>
    ordersOf(items.filter((_, other) => other !== index)).map((order) => [item, ...order]),
  )
}

type Step = (breaker: CircuitBreaker) => void

/** The states that a breaker ends in when these steps come in every order after `prepare`. */
async function statesAfterEveryOrder(
  prepare: (breaker: CircuitBreaker, clock: FakeClock) => Promise<readonly Step[]>,
): Promise<ReadonlySet<string>> {
  const states = new Set<string>()
  const orders = ordersOf([0, 1, 2])
  for (const order of orders) {
    const clock = new FakeClock()
    const breaker = circuitBreaker({
      consecutiveFailures: 1,
      openMs: 100,
      jitter: 0,
      halfOpenLimit: 2,
      clock,
    })
    const steps = await prepare(breaker, clock)
    order.forEach((index) => steps[index]?.(breaker))
    states.add(`${breaker.state} ${breaker.diagnose().openings}`)
  }
  return states
}

async function toHalfOpen(breaker: CircuitBreaker, clock: FakeClock): Promise<void> {
  breaker.tryAcquire()?.fail(broken)
  await clock.advance(100)
}

const failing = (permit: CircuitPermit | undefined) => (): void => permit?.fail(broken)
const succeeding = (permit: CircuitPermit | undefined) => (): void => permit?.succeed()

describe('circuitBreaker() in every order', () => {
  it('D1: late results of calls from before it opened never decide a trial', async () => {
    const states = await statesAfterEveryOrder(async (breaker, clock) => {
      const late = [breaker.tryAcquire(), breaker.tryAcquire()]
      await toHalfOpen(breaker, clock)
      breaker.tryAcquire()
      return [failing(late[0]), succeeding(late[1]), failing(late[0])]
    })

    expect(states).toEqual(new Set(['half-open 1']))
  })

  it('a trial that fails opens it once, whatever another trial and a late call say before or after', async () => {
    const states = await statesAfterEveryOrder(async (breaker, clock) => {
      const late = breaker.tryAcquire()
      await toHalfOpen(breaker, clock)
      const trials = [breaker.tryAcquire(), breaker.tryAcquire()]
      return [failing(trials[0]), failing(trials[1]), succeeding(late)]
    })

    expect(states).toEqual(new Set(['open 2']))
  })

  it('of a trial that fails and one that succeeds the first decides; a call from before never does', async () => {
    const states = await statesAfterEveryOrder(async (breaker, clock) => {
      const late = breaker.tryAcquire()
      await toHalfOpen(breaker, clock)
      const trials = [breaker.tryAcquire(), breaker.tryAcquire()]
      return [failing(trials[0]), succeeding(trials[1]), failing(late)]
    })

    expect(states).toEqual(new Set(['open 2', 'closed 0']))
  })

  it('an order does not lose what a trial says, and is not undone by it', async () => {
    const states = await statesAfterEveryOrder(async (breaker, clock) => {
      await toHalfOpen(breaker, clock)
      const trial = breaker.tryAcquire()
      return [succeeding(trial), () => breaker.setOverride('forced-open'), () => breaker.isolate('drill')]
    })

    expect(states).toEqual(new Set(['closed 0']))
  })

  it('a rule of the user that resets the breaker while an outcome is weighed makes that outcome stale', () => {
    const made: CircuitBreaker = circuitBreaker({
      consecutiveFailures: 1,
      isFailure: () => {
        made.reset()
        return true
      },
      clock: new FakeClock(),
    })

    made.tryAcquire()?.fail(broken)

    expect(made.state).toBe('closed')
  })

  it('a listener that asks for a call while the circuit opens is refused', () => {
    const asked: unknown[] = []
    const breaker = circuitBreaker({ consecutiveFailures: 1, clock: new FakeClock() })
    breaker.on(() => asked.push(breaker.tryAcquire()))

    breaker.tryAcquire()?.fail(broken)

    expect(asked).toEqual([undefined])
  })
})
