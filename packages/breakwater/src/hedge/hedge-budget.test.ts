import { expect, it } from 'vitest'
import { type RetryBudget, retryBudget } from '../budget/retry-budget.ts'
import { tokenBudget } from '../budget/token-budget.ts'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import type { Policy } from '../pipeline/policy.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { hedge } from './hedge.ts'
import type { HedgeAllowance } from './hedge-options.ts'

const fail = (): never => {
  throw new Error('the budget is broken')
}

it('hedge() goes on without a further attempt when the budget throws, and what stands outside loses no slot', async () => {
  const clock = new FakeClock()
  const slots = bulkhead({ limit: 1 })
  const budget: HedgeAllowance = { deposit: fail, tryWithdraw: fail, succeeded: fail }
  const policy = hedge({ delay: 10, budget })
  const line = pipeline({ policies: [slots, policy], clock })

  const answer = line.run(() => clock.sleep(50).then(() => 'answer'))
  await clock.advance(50)

  expect(await answer).toBe('answer')
  expect([policy.hedges, policy.refused, slots.active]).toEqual([0, 1, 0])
})

it('hedge() rejects a budget or a listener that is none', () => {
  const loose = hedge as (options: unknown) => unknown

  expect(() => loose({ budget: 7 })).toThrow("'budget' must be an object: current value is 7")
  expect(() => loose({ budget: { tryWithdraw: fail } })).toThrow("'budget.deposit' must be a function")
  expect(() => loose({ onEvent: 'log' })).toThrow("'onEvent' must be a function: current value is 'log'")
})

/** How many further attempts 100 calls of 50 ms get that fail, one after the other, from a budget of a tenth. */
async function grantedOf100(policies: (budget: RetryBudget) => readonly Policy[]): Promise<number> {
  const clock = new FakeClock()
  const budget = retryBudget({ ratio: 0.1, minPerSecond: 0, clock })
  const line = pipeline({ policies: policies(budget), clock })
  for (let i = 0; i < 100; i++) {
    void line.tryRun(() => clock.sleep(50).then(() => Promise.reject(new Error('down'))))
    await clock.advance(90)
  }
  return budget.granted
}

it('hedge() and a retry that share a budget add a tenth of the calls together, whichever is outside', async () => {
  const backoff = fixed({ delayMs: 0 })
  const hedgeIn = (budget: RetryBudget): Policy[] => [
    retry({ budget, backoff }),
    hedge({ delay: 10, budget }),
  ]
  const hedgeOut = (budget: RetryBudget): Policy[] => [
    hedge({ delay: 10, budget }),
    retry({ budget, backoff }),
  ]

  expect(await grantedOf100((budget) => [hedge({ delay: 10, budget })])).toBe(10)
  expect(await grantedOf100(hedgeIn)).toBe(10)
  expect(await grantedOf100(hedgeOut)).toBe(10)
})

it.each([
  ['inside', (again: Policy, raced: Policy) => [again, raced]],
  ['outside', (again: Policy, raced: Policy) => [raced, again]],
])('hedge() %s a retry of the same budget: a success at once is told once', async (_, order) => {
  const clock = new FakeClock()
  const budget = tokenBudget({ capacity: 10, retryCost: 5, timeoutCost: 5, successReward: 1 })
  const line = pipeline({ policies: order(retry({ budget }), hedge({ delay: 10, budget })), clock })
  while (budget.tryWithdraw('failure')) continue

  await line.run(() => 'at once')
  await line.run(() => 'at once')

  expect(budget.balance).toBe(2)
})

it('hedge() disposes no error when its budget ends the call while it refuses an attempt', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const discarded: unknown[] = []
  const tryWithdraw = (): boolean => {
    controller.abort('enough')
    return false
  }
  const policy = hedge({ delay: 10, budget: { deposit: () => undefined, tryWithdraw } })
  const line = pipeline({ policies: [policy], clock, dispose: (value) => discarded.push(value) })

  const outcome = await line.tryRun(() => Promise.reject(new Error('down')), { signal: controller.signal })

  expect(outcome).toEqual({ ok: false, error: 'enough' })
  expect(discarded).toEqual([])
  clock.expectIdle()
})
