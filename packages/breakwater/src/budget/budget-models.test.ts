import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { retryBudget, type RetryBudget } from './retry-budget.ts'
import { tokenBudget, type TokenBudget } from './token-budget.ts'

/** All first attempts and retries with their times: the budget as its sentence says it. */
class WindowModel {
  now = 0
  calls: number[] = []
  retries: number[] = []
  readonly #ratio: number
  readonly #reserve: number
  readonly #windowMs: number

  constructor(ratio: number, minPerSecond: number, windowMs: number) {
    this.#ratio = ratio
    this.#reserve = (minPerSecond * windowMs) / 1000
    this.#windowMs = windowMs
  }

  get balance(): number {
    const earned = this.#ratio * this.#recent(this.calls) + this.#reserve
    return Math.max(0, Math.floor(earned - this.#recent(this.retries) + 1e-9))
  }

  /** The window is ten slots: the one that runs and the nine before. */
  #recent(times: readonly number[]): number {
    const slotMs = this.#windowMs / 10
    const oldest = (Math.floor(this.now / slotMs) - 9) * slotMs
    return times.filter((time) => time >= oldest).length
  }
}

interface WindowReal {
  readonly clock: FakeClock
  readonly budget: RetryBudget
}

type WindowCommand = fc.AsyncCommand<WindowModel, WindowReal>

function windowCommand(name: string, run: (model: WindowModel, real: WindowReal) => unknown): WindowCommand {
  return {
    check: () => true,
    run: async (model, real) => {
      await run(model, real)
      expect(real.budget.balance).toBe(model.balance)
    },
    toString: () => name,
  }
}

const windowCommands = [
  fc.constant(
    windowCommand('deposit', (model, { budget }) => {
      budget.deposit()
      model.calls.push(model.now)
    }),
  ),
  fc.constant(
    windowCommand('withdraw', (model, { budget }) => {
      const isAllowed = model.balance >= 1
      expect(budget.tryWithdraw()).toBe(isAllowed)
      if (isAllowed) model.retries.push(model.now)
    }),
  ),
  fc.oneof(fc.integer({ min: 1, max: 600 }), fc.constantFrom(100, 1_000, 10_000, 100_000)).map((ms) =>
    windowCommand(`advance ${ms}`, async (model, { clock }) => {
      await clock.advance(ms)
      model.now += ms
    }),
  ),
]

/** One number, and what each thing does to it. */
interface BucketModel {
  tokens: number
}

type BucketCommand = fc.Command<BucketModel, TokenBudget>

const capacity = 30
const costs = { failure: 5, timeout: 10, hedge: 5 } as const

function bucketCommand(name: string, run: (model: BucketModel, real: TokenBudget) => void): BucketCommand {
  return {
    check: () => true,
    run: (model, real) => {
      run(model, real)
      expect(real.balance).toBe(model.tokens)
    },
    toString: () => name,
  }
}

const added = fc.constantFrom('failure', 'timeout', 'hedge')
const bucketCommands = [
  fc.constant(bucketCommand('deposit', (_, budget) => budget.deposit())),
  added.map((what) =>
    bucketCommand(`withdraw for ${what}`, (model, budget) => {
      const isAllowed = model.tokens >= costs[what]
      expect(budget.tryWithdraw(what)).toBe(isAllowed)
      if (isAllowed) model.tokens -= costs[what]
    }),
  ),
  fc.option(added, { nil: undefined }).map((what) =>
    bucketCommand(`succeed after ${what ?? 'nothing'}`, (model, budget) => {
      budget.succeeded(what)
      model.tokens = Math.min(capacity, model.tokens + (what === undefined ? 1 : costs[what]))
    }),
  ),
  fc.constant(
    bucketCommand('fail', (model, budget) => {
      budget.failed()
      model.tokens = Math.max(0, model.tokens - 2)
    }),
  ),
]

describe('retryBudget() against its model', () => {
  it('allows exactly what the window has earned, in any order of calls, retries and pauses', async () => {
    const ratio = fc.constantFrom(0, 0.1, 0.2, 0.5, 1)
    const minPerSecond = fc.constantFrom(0, 0.5, 3)
    const windowMs = fc.constantFrom(1_000, 10_000)
    const property = fc.asyncProperty(
      ratio,
      minPerSecond,
      windowMs,
      fc.commands(windowCommands, { maxCommands: 60 }),
      async (share, least, length, commands) => {
        const setup = () => {
          const clock = new FakeClock()
          const budget = retryBudget({ ratio: share, minPerSecond: least, windowMs: length, clock })
          return { model: new WindowModel(share, least, length), real: { clock, budget } }
        }
        await fc.asyncModelRun(setup, commands)
      },
    )

    await fc.assert(property, { numRuns: 100 })
  })
})

describe('tokenBudget() against its model', () => {
  it('holds exactly the tokens that costs and rewards leave, in any order', () => {
    const property = fc.property(fc.commands(bucketCommands, { maxCommands: 100 }), (commands) => {
      const setup = () => ({
        model: { tokens: capacity },
        real: tokenBudget({ capacity, failureCost: 2 }),
      })
      fc.modelRun(setup, commands)
    })

    fc.assert(property, { numRuns: 300 })
  })
})

describe('a budget that many share', () => {
  it('never allows more retries than its ratio of the first attempts', () => {
    const property = fc.property(
      fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 200 }),
      (retriesOfCalls) => {
        const budget = retryBudget({ ratio: 0.2, minPerSecond: 0, clock: new FakeClock() })
        for (const retries of retriesOfCalls) {
          budget.deposit()
          for (let i = 0; i < retries; i++) budget.tryWithdraw()
        }
        return budget.granted <= 0.2 * retriesOfCalls.length
      },
    )

    fc.assert(property)
  })
})
