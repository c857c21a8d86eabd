import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { retryBudget } from './retry-budget.ts'
import { tokenBudget } from './token-budget.ts'

describe('retryBudget() options', () => {
  it.each([
    [{ ratio: -0.1 }, "'ratio' must be a number >= 0 and <= 1000: current value is -0.1"],
    [{ ratio: 1_000.1 }, "'ratio' must be a number >= 0 and <= 1000: current value is 1000.1"],
    [{ minPerSecond: -1 }, "'minPerSecond' must be a number >= 0 and <= 1000000: current value is -1"],
    [
      { minPerSecond: 1e6 + 1 },
      "'minPerSecond' must be a number >= 0 and <= 1000000: current value is 1000001",
    ],
    [{ windowMs: 999 }, "'windowMs' must be an integer >= 1000 and <= 3600000: current value is 999"],
    [
      { windowMs: 3_600_001 },
      "'windowMs' must be an integer >= 1000 and <= 3600000: current value is 3600001",
    ],
    [{ windowMs: 1_000.5 }, "'windowMs' must be an integer >= 1000 and <= 3600000: current value is 1000.5"],
    [{ onEvent: 'log' }, "'onEvent' must be a function: current value is 'log'"],
    [
      { min: 3 },
      "'min' is not an option of it: the options are ratio, minPerSecond, windowMs, name, clock, onEvent",
    ],
  ])('refuses %o by name and value', (options, message) => {
    expect(() => retryBudget(options as object)).toThrow(`Cannot create retry budget as ${message}`)
  })

  it.each([
    { ratio: 0, minPerSecond: 0, windowMs: 1_000 },
    { ratio: 1_000, minPerSecond: 1e6, windowMs: 3_600_000 },
  ])('takes the ends of what is allowed: %o', (options) => {
    expect(retryBudget(options).granted).toBe(0)
  })

  it('allows by default a fifth of the first attempts of ten seconds, and three a second', async () => {
    const clock = new FakeClock()
    const budget = retryBudget({ clock })
    for (let i = 0; i < 10; i++) budget.deposit()

    expect([budget.kind, budget.name, budget.balance]).toEqual(['retry-budget', 'retry-budget', 32])
    await clock.advance(9_999)
    expect(budget.balance).toBe(32)
    await clock.advance(1)
    expect(budget.balance).toBe(30)
  })

  it('leaves a window that is given as undefined to its default', () => {
    const budget = retryBudget({ windowMs: undefined, clock: new FakeClock() } as object)

    expect(budget.balance).toBe(30)
  })
})

describe('tokenBudget() options', () => {
  const tokens = 'must be a number >= 0 and <= 1000000000'

  it.each([
    [{ capacity: 0 }, "'capacity' must be a number > 0 and <= 1000000000: current value is 0"],
    [{ retryCost: -1 }, `'retryCost' ${tokens}: current value is -1`],
    [{ timeoutCost: NaN }, `'timeoutCost' ${tokens}: current value is NaN`],
    [{ successReward: -0.1 }, `'successReward' ${tokens}: current value is -0.1`],
    [{ failureCost: 1e9 + 1 }, `'failureCost' ${tokens}: current value is 1000000001`],
    [{ refillPerSecond: Infinity }, `'refillPerSecond' ${tokens}: current value is Infinity`],
    [{ reserve: -1 }, "'reserve' must be a number >= 0 and <= 500: current value is -1"],
    [{ capacity: 10, reserve: 10.5 }, "'reserve' must be a number >= 0 and <= 10: current value is 10.5"],
    [{ onEvent: 1 }, "'onEvent' must be a function: current value is 1"],
    [{ cost: 1 }, "'cost' is not an option of it: the options are capacity, retryCost"],
  ])('refuses %o by name and value', (options, message) => {
    expect(() => tokenBudget(options as object)).toThrow(`Cannot create token budget as ${message}`)
  })

  it('is called a retry budget by kind and by default a token budget', () => {
    const { kind, name, balance } = tokenBudget()

    expect({ kind, name, balance }).toEqual({ kind: 'retry-budget', name: 'token-budget', balance: 500 })
  })
})
