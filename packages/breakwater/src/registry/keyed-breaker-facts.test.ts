import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { KeyedCircuitBreaker } from './keyed-breaker-api.ts'
import type { KeyedCircuitBreakerOptions } from './keyed-breaker-options.ts'
import { keyedCircuitBreaker } from './keyed-circuit-breaker.ts'

const epochMs = 1_000_000

/** A keyed breaker whose keys open at the first failure for 100 ms. */
function scene(options: KeyedCircuitBreakerOptions = {}): { breaker: KeyedCircuitBreaker; clock: FakeClock } {
  const clock = new FakeClock({ epochMs })
  const inARow = 'failureRatio' in options ? {} : { consecutiveFailures: 1 }
  const breaker = keyedCircuitBreaker({ ...inARow, openMs: 100, jitter: 0, clock, ...options })
  return { breaker, clock }
}

function fail(breaker: KeyedCircuitBreaker, keys: string): void {
  for (const key of keys) breaker.tryAcquire(key)?.fail(new Error('broken'))
}

describe('keyedCircuitBreaker().facts()', () => {
  it('says the worst state, how many keys are in trouble, and names five', () => {
    const { breaker } = scene()
    fail(breaker, 'abcdef')
    breaker.tryAcquire('z')

    const facts = breaker.facts()

    expect(facts).toMatchObject({
      state: 'open',
      reason: '6 of 7 keys are not simply closed: a (open), b (open), c (open), d (open), e (open), …',
    })
    expect(breaker.stats()).toMatchObject({ gauges: { keys: 7, keysInTrouble: 6 }, breaker: facts })
  })

  it('names all of five', () => {
    const { breaker } = scene()

    fail(breaker, 'abcde')

    expect(breaker.facts().reason).toBe(
      '5 of 5 keys are not simply closed: a (open), b (open), c (open), d (open), e (open)',
    )
  })

  it('says that all are closed, since when, and the numbers in force', () => {
    const { breaker } = scene()

    const facts = breaker.facts()

    expect(facts).toEqual({
      ...{ state: 'closed', override: 'automatic', since: epochMs, reason: 'all 0 keys are closed' },
      ...{ windowCalls: 0, windowFailures: 0, windowMs: 0, failureRatio: 0, threshold: 1, minimumCalls: 0 },
      ...{ nextTrialAt: null, closesWhen: '' },
    })
  })

  it.each([
    [{ failureRatio: 0.5, windowMs: 10_000 }, 10_000],
    [{ failureRatio: 0.5, windowCalls: 40 }, 0],
  ])('says the numbers of a ratio: %j', (options, windowMs) => {
    const { breaker } = scene(options)

    const facts = breaker.facts()

    expect(facts).toMatchObject({ windowMs, failureRatio: 0.5, threshold: 0, minimumCalls: 20 })
  })

  it('is open until the first of the keys tries, and half-open when all may', async () => {
    const { breaker, clock } = scene()
    fail(breaker, 'a')
    await clock.advance(40)
    fail(breaker, 'b')
    const both = breaker.facts()
    await clock.advance(60)
    const one = breaker.facts()
    await clock.advance(40)

    const none = breaker.facts()

    expect([both.state, both.nextTrialAt]).toEqual(['open', epochMs + 100])
    expect([one.state, one.nextTrialAt]).toEqual(['open', epochMs + 100])
    expect([none.state, none.nextTrialAt]).toEqual(['half-open', null])
    expect([both, one, none].map(({ closesWhen }) => closesWhen)).toEqual(
      Array.from({ length: 3 }, () => 'the trials of each key succeed'),
    )
  })

  it('says since when a key is in trouble, or none is', async () => {
    const { breaker, clock } = scene()
    await clock.advance(500)
    fail(breaker, 'a')
    await clock.advance(50)
    fail(breaker, 'b')
    const inTrouble = breaker.facts().since
    await clock.advance(150)
    breaker.tryAcquire('a')?.succeed()
    const stillInTrouble = breaker.facts().since
    breaker.tryAcquire('b')?.succeed()

    const outOfIt = breaker.facts().since

    expect([inTrouble, stillInTrouble, outOfIt].map((at) => at - epochMs)).toEqual([500, 500, 700])
  })

  it('does not say that anything changed when a closed key is reset', async () => {
    const { breaker, clock } = scene()
    await clock.advance(500)

    breaker.at('a').reset()

    expect(breaker.facts().since).toBe(epochMs)
  })

  it('is closed since the last key in trouble was forgotten', async () => {
    const { breaker, clock } = scene({ idleMs: 1_000 })
    fail(breaker, 'a')
    await clock.advance(3_000)

    breaker.tryAcquire('b')

    expect(breaker.facts()).toMatchObject({ state: 'closed', since: epochMs + 3_000 })
  })

  it('is in trouble since the first key was, also when that one is forgotten', async () => {
    const { breaker, clock } = scene({ idleMs: 1_000 })
    await clock.advance(100)
    fail(breaker, 'ab')
    await clock.advance(3_000)

    breaker.tryAcquire('c')

    expect([breaker.keysInTrouble, breaker.facts().since]).toEqual([1, epochMs + 100])
  })

  it('an isolated key is open, with no trial to come', () => {
    const { breaker } = scene()
    breaker.at('a').isolate('abuse')

    const facts = breaker.facts()

    expect(facts).toMatchObject({
      ...{ state: 'open', nextTrialAt: null },
      reason: '1 of 1 keys are not simply closed: a (forced-open)',
    })
  })

  it('an open key that is held open by hand is not said to try', () => {
    const { breaker } = scene()
    fail(breaker, 'a')

    breaker.at('a').setOverride('forced-open')

    expect(breaker.facts()).toMatchObject({ state: 'open', nextTrialAt: null })
  })

  it('an open key whose calls are let through by hand is closed', () => {
    const { breaker } = scene()
    fail(breaker, 'a')

    breaker.at('a').setOverride('forced-closed')

    expect(breaker.facts()).toMatchObject({
      ...{ state: 'closed', nextTrialAt: null, closesWhen: '' },
      reason: '1 of 1 keys are not simply closed: a (forced-closed)',
    })
  })

  it('names at most 60 characters of a key, and no half of a character', () => {
    const { breaker } = scene()
    breaker.at('x'.repeat(61)).isolate()
    breaker.at(`${'y'.repeat(59)}😀`).isolate()

    const { reason } = breaker.facts()

    expect(reason).toBe(
      `2 of 2 keys are not simply closed: ${'x'.repeat(60)} (forced-open), ${'y'.repeat(59)}\uFFFD (forced-open)`,
    )
  })
})
