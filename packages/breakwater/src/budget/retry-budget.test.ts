import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { type RetryBudget, retryBudget } from './retry-budget.ts'

function deposit(budget: RetryBudget, calls: number): void {
  for (let i = 0; i < calls; i++) budget.deposit()
}

function withdraw(budget: RetryBudget, retries: number): number {
  return Array.from({ length: retries }, () => budget.tryWithdraw()).filter(Boolean).length
}

describe('retryBudget()', () => {
  it.each([
    [4, 0],
    [5, 1],
    [9, 1],
    [10, 2],
    [50, 10],
  ])('with a ratio of 0.2, %i calls allow %i retries', (calls, retries) => {
    const budget = retryBudget({ ratio: 0.2, minPerSecond: 0, clock: new FakeClock() })
    deposit(budget, calls)

    expect(withdraw(budget, 100)).toBe(retries)
  })

  it('allows the minimum of the window without any call', () => {
    const budget = retryBudget({ ratio: 0.2, minPerSecond: 3, windowMs: 10_000, clock: new FakeClock() })

    expect(withdraw(budget, 100)).toBe(30)
  })

  it('takes nothing when it refuses, and counts', () => {
    const budget = retryBudget({ ratio: 1, minPerSecond: 0, clock: new FakeClock() })

    withdraw(budget, 3)
    deposit(budget, 2)
    withdraw(budget, 3)

    expect([budget.granted, budget.refused, budget.balance]).toEqual([2, 4, 0])
  })

  it.each([
    [9_999, 10],
    [10_000, 0],
  ])('calls count for the window: after %i ms they allow %i retries', async (ms, retries) => {
    const clock = new FakeClock()
    const budget = retryBudget({ ratio: 1, minPerSecond: 0, windowMs: 10_000, clock })
    deposit(budget, 10)
    await clock.advance(ms)

    expect(withdraw(budget, 100)).toBe(retries)
  })

  it.each([
    [14_999, 10],
    [15_000, 0],
  ])('calls count from when they are made: at %i ms those of 5 s allow %i retries', async (ms, retries) => {
    const clock = new FakeClock()
    const budget = retryBudget({ ratio: 1, minPerSecond: 0, windowMs: 10_000, clock })
    await clock.advance(5_000)
    deposit(budget, 10)
    await clock.advance(ms - 5_000)

    expect(withdraw(budget, 100)).toBe(retries)
  })

  it('retries are forgotten with the window as well', async () => {
    const clock = new FakeClock()
    const budget = retryBudget({ ratio: 0, minPerSecond: 1, windowMs: 1_000, clock })
    withdraw(budget, 1)
    const spent = budget.balance
    await clock.advance(3_600_000)

    expect([spent, budget.balance]).toEqual([0, 1])
  })

  it('grants no retry that the calls and the minimum of the window have not earned', async () => {
    const step = fc.record({ calls: fc.nat(20), retries: fc.nat(20), ms: fc.integer({ min: 0, max: 4_000 }) })
    const property = fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const clock = new FakeClock()
      const budget = retryBudget({ ratio: 0.5, minPerSecond: 1, windowMs: 5_000, clock })
      const log: { at: number; calls: number; granted: number }[] = []
      const balances: number[] = []
      for (const { calls, retries, ms } of steps) {
        deposit(budget, calls)
        const granted = withdraw(budget, retries)
        log.push({ at: clock.now(), calls, granted })
        const slotStart = Math.floor(clock.now() / 500) * 500
        const recent = log.filter(({ at }) => at >= slotStart - 4_500)
        const earned = 5 + recent.reduce((sum, entry) => sum + entry.calls / 2, 0)
        const spent = recent.reduce((sum, entry) => sum + entry.granted, 0)
        if (granted > 0) balances.push(earned - spent)
        await clock.advance(ms)
      }
      expect(balances.filter((balance) => balance < 0)).toEqual([])
    })

    await fc.assert(property, { numRuns: 50 })
  })
})
