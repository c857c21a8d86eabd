import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { retryBudget } from './retry-budget.ts'

describe('retryBudget() events', () => {
  it('tells when it is exhausted and when it recovers, once each', async () => {
    const clock = new FakeClock()
    const events: unknown[] = []
    const options = { ratio: 0, minPerSecond: 1, windowMs: 1_000, name: 'db', clock }
    const budget = retryBudget({ ...options, onEvent: (event) => events.push(event) })

    budget.tryWithdraw()
    budget.tryWithdraw()
    budget.tryWithdraw()
    await clock.advance(1_000)
    budget.tryWithdraw()

    expect(events).toEqual([
      { type: 'BudgetExhausted', budget: 'db', refused: 1 },
      { type: 'BudgetRecovered', budget: 'db', refused: 2 },
    ])
    expect(budget.stats()).toEqual({ counters: { granted: 2, refused: 2 }, gauges: { balance: 0 } })
  })

  it('a listener that was taken away is not told any more', () => {
    const seen: string[] = []
    const budget = retryBudget({ ratio: 0, minPerSecond: 0, clock: new FakeClock() })

    budget.on(({ type }) => seen.push(type))()
    budget.tryWithdraw()

    expect([seen, budget.refused]).toEqual([[], 1])
  })

  it.each([
    [100, 100],
    [101, 100],
  ])('a hundred a minute, however many calls: of %i retries %i are allowed', (asked, expected) => {
    const budget = retryBudget({
      ratio: 0,
      minPerSecond: 100 / 60,
      windowMs: 60_000,
      clock: new FakeClock(),
    })

    for (let i = 0; i < asked; i++) budget.tryWithdraw()

    expect(budget.granted).toBe(expected)
  })
})
