import { expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { pipeline } from '../pipeline/pipeline.ts'
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
