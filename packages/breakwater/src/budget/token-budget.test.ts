import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { tokenBudget, type TokenBudget } from './token-budget.ts'

/** How many attempts a budget allows in a row. */
function grants(budget: TokenBudget, added?: 'failure' | 'timeout' | 'hedge'): number {
  let count = 0
  while (count < 10_000 && budget.tryWithdraw(added)) count++
  return count
}

describe('tokenBudget()', () => {
  it.each([
    [undefined, 100],
    ['failure', 100],
    ['hedge', 100],
    ['timeout', 50],
  ] as const)('a full one of 500 allows attempts for %s: %i', (added, expected) => {
    expect(grants(tokenBudget(), added)).toBe(expected)
  })

  it.each([
    [4, 0],
    [5, 1],
    [9, 1],
    [10, 2],
  ])('with %i tokens allows %i retries of 5', (capacity, expected) => {
    const budget = tokenBudget({ capacity })

    expect(grants(budget)).toBe(expected)
    expect(budget.balance).toBe(capacity - 5 * expected)
  })

  it('takes nothing when it refuses', () => {
    const budget = tokenBudget({ capacity: 4 })

    budget.tryWithdraw()

    expect([budget.balance, budget.granted, budget.refused]).toEqual([4, 0, 1])
  })

  it.each([
    [undefined, 1],
    ['failure', 5],
    ['timeout', 10],
  ] as const)('earns from a success whose last retry was for %s: %i', (added, expected) => {
    const budget = tokenBudget()
    grants(budget)

    budget.succeeded(added)

    expect(budget.balance).toBe(expected)
  })

  it('gives nothing back when it is told not to', () => {
    const budget = tokenBudget({ refundOnSuccess: false })
    grants(budget)

    budget.succeeded('timeout')

    expect(budget.balance).toBe(0)
  })

  it('is never fuller than its capacity', () => {
    const budget = tokenBudget({ capacity: 7 })

    budget.succeeded(undefined)
    budget.succeeded('timeout')

    expect(budget.balance).toBe(7)
  })

  it('neither pays nor earns for a first attempt', () => {
    const budget = tokenBudget({ capacity: 5 })

    budget.deposit()

    expect(budget.balance).toBe(5)
  })

  it('as gRPC throttles: failures take one each, and above half of it attempts are added', () => {
    const budget = tokenBudget({
      capacity: 10,
      retryCost: 0,
      timeoutCost: 0,
      failureCost: 1,
      successReward: 0.1,
      refundOnSuccess: false,
      reserve: 5,
    })
    const answers: boolean[] = []
    for (let i = 0; i < 6; i++) {
      budget.failed()
      answers.push(budget.tryWithdraw())
    }
    const low = budget.balance
    for (let i = 0; i < 10; i++) budget.succeeded(undefined)
    const atReserve = budget.tryWithdraw()
    budget.succeeded(undefined)

    expect(answers).toEqual([true, true, true, true, false, false])
    expect([low, atReserve, budget.balance, budget.tryWithdraw()]).toEqual([4, false, 5.1, true])
  })

  it('failures take it to 0 and no further', () => {
    const budget = tokenBudget({ capacity: 2, failureCost: 5 })

    budget.failed()

    expect(budget.balance).toBe(0)
  })

  it.each([
    [999, false],
    [1_000, true],
  ])('refilled by 5 tokens a second, after %i ms an empty one allows a retry: %s', async (ms, expected) => {
    const clock = new FakeClock()
    const budget = tokenBudget({ capacity: 10, refillPerSecond: 5, clock })
    await clock.advance(60_000)
    grants(budget)

    await clock.advance(ms)

    expect(budget.tryWithdraw()).toBe(expected)
  })

  it('shows what time has brought, though nothing was asked of it', async () => {
    const clock = new FakeClock()
    const budget = tokenBudget({ capacity: 10, refillPerSecond: 4, clock })
    grants(budget)

    await clock.advance(1_500)

    expect(budget.balance).toBe(6)
  })

  it('a failure takes from what time had brought until then: a full bucket gained nothing', async () => {
    const clock = new FakeClock()
    const budget = tokenBudget({ capacity: 10, refillPerSecond: 1, failureCost: 4, clock })
    await clock.advance(60_000)

    budget.failed()

    expect(budget.balance).toBe(6)
  })

  it('an attempt takes from what time had brought until then: a full bucket gained nothing', async () => {
    const clock = new FakeClock()
    const budget = tokenBudget({ capacity: 10, refillPerSecond: 1, clock })
    await clock.advance(60_000)

    budget.tryWithdraw()

    expect(budget.balance).toBe(5)
  })

  it('tells when it is exhausted and when it recovers, once each', () => {
    const events: unknown[] = []
    const budget = tokenBudget({ capacity: 5, name: 'stripe', onEvent: (event) => events.push(event) })

    budget.tryWithdraw()
    budget.tryWithdraw()
    budget.tryWithdraw()
    budget.succeeded('failure')
    budget.tryWithdraw()
    budget.tryWithdraw()

    expect(events).toEqual([
      { type: 'BudgetExhausted', budget: 'stripe', refused: 1 },
      { type: 'BudgetRecovered', budget: 'stripe', refused: 2 },
      { type: 'BudgetExhausted', budget: 'stripe', refused: 3 },
    ])
    expect(budget.stats()).toEqual({ counters: { granted: 2, refused: 3 }, gauges: { balance: 0 } })
  })

  it('a listener that was taken away is not told any more, and one that throws changes nothing', () => {
    const seen: string[] = []
    const thrower = (): never => {
      throw new Error('listener')
    }
    const budget = tokenBudget({ capacity: 1, onEvent: thrower })
    const stop = budget.on(({ type }) => seen.push(type))
    stop()

    expect(budget.tryWithdraw()).toBe(false)
    expect(seen).toEqual([])
  })
})
