import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { KeyedCircuitBreaker } from './keyed-breaker-api.ts'
import type { KeyedCircuitBreakerOptions } from './keyed-breaker-options.ts'
import { keyedCircuitBreaker } from './keyed-circuit-breaker.ts'

const broken = new Error('broken')

/** A keyed breaker whose keys open at the first failure. */
function scene(options: KeyedCircuitBreakerOptions = {}): KeyedCircuitBreaker {
  return keyedCircuitBreaker({ consecutiveFailures: 1, clock: new FakeClock(), ...options })
}

async function call(breaker: KeyedCircuitBreaker, key: string, isGood: boolean): Promise<void> {
  const work = isGood ? () => 1 : () => Promise.reject(broken)
  await breaker.run(work, { key }).catch(() => undefined)
}

describe('keyedCircuitBreaker() counters', () => {
  it('are all there, and 0, before the first call', () => {
    const { counters } = scene().stats()

    expect(counters).toEqual({
      ...{ admitted: 0, rejected: 0, succeeded: 0, failed: 0, opened: 0 },
      ...{ evicted: 0, evictedInTrouble: 0, overflowed: 0 },
    })
  })

  it('say how the calls of all keys ended, also of those that have left', async () => {
    const breaker = scene({ maxKeys: 2 })

    await call(breaker, 'a', true)
    await call(breaker, 'b', true)
    await call(breaker, 'c', false)
    await call(breaker, 'c', true)

    const { counters } = breaker.stats()
    expect(counters).toMatchObject({
      admitted: 3,
      rejected: 1,
      succeeded: 2,
      failed: 1,
      opened: 1,
      evicted: 1,
    })
    expect([breaker.succeeded, breaker.failed]).toEqual([2, 1])
  })

  it('of a key are of its own calls', async () => {
    const breaker = scene()
    await call(breaker, 'a', true)
    await call(breaker, 'b', true)

    await call(breaker, 'b', false)

    const [a, b] = [breaker.at('a'), breaker.at('b')]
    expect([a.succeeded, a.failed, b.succeeded, b.failed]).toEqual([1, 0, 1, 1])
  })

  it('count calls that an order over all keys lets through, by the rule of what is a failure', async () => {
    const breaker = scene({ isFailure: (error) => error === broken })
    breaker.setOverride('forced-closed')
    await call(breaker, 'a', true)
    await call(breaker, 'a', false)

    breaker.tryAcquire('a')?.fail(new Error('not found'))

    expect(breaker.stats().counters).toMatchObject({ admitted: 3, succeeded: 1, failed: 1 })
  })

  it("count calls that a key's order lets through, and what a key's breaker is told of", async () => {
    const breaker = scene()
    breaker.at('a').setOverride('forced-closed')
    await call(breaker, 'a', false)

    breaker.at('a').recordFailure(broken)
    breaker.at('b').recordSuccess()

    expect([breaker.succeeded, breaker.failed]).toEqual([1, 2])
  })

  it('count calls of keys for which there is no room', async () => {
    const breaker = scene({ maxKeys: 1 })
    await call(breaker, 'a', false)

    await call(breaker, 'b', true)

    expect(breaker.stats().counters).toMatchObject({ succeeded: 1, failed: 1, overflowed: 1 })
  })

  it('count each opening, and no other event', async () => {
    const clock = new FakeClock()
    const breaker = scene({ openMs: 100, jitter: 0, clock })
    await call(breaker, 'a', false)
    await clock.advance(100)

    await call(breaker, 'a', true)

    expect([breaker.peek('a')?.state, breaker.stats().counters['opened']]).toEqual(['closed', 1])
  })

  it('count no call whose key could not be told', async () => {
    const breaker = scene({ keyOf: () => 7 as unknown as string })

    await call(breaker, 'a', true)

    expect(breaker.stats().counters).toMatchObject({ admitted: 0, rejected: 0, succeeded: 0, failed: 0 })
  })
})
