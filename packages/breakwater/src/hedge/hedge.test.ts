import { expect, it } from 'vitest'
import { retryBudget } from '../budget/retry-budget.ts'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import type { CallContext } from '../pipeline/call-context.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { hedge } from './hedge.ts'

/** Work whose attempts take these times, or fail with 'no' after the negative of them. */
function attempts(clock: FakeClock, ...times: readonly number[]): (context: CallContext) => Promise<string> {
  return async ({ attempt }) => {
    const ms = times[attempt] ?? 0
    await clock.sleep(Math.abs(ms))
    if (ms < 0) throw new Error(`no ${attempt}`)
    return `answer ${attempt}`
  }
}

it('hedge() starts a second attempt after the delay and takes the first answer', async () => {
  const clock = new FakeClock()
  const policy = hedge({ delay: 100 })
  const call = pipeline({ policies: [policy], clock }).run(attempts(clock, 1_000, 50))
  await clock.advance(150)

  expect(await call).toBe('answer 1')
  expect([policy.hedges, policy.won]).toEqual([1, 1])
})

it('hedge() starts none when the answer comes before the delay, and leaves no timer', async () => {
  const clock = new FakeClock()
  const policy = hedge({ delay: 100 })
  const call = pipeline({ policies: [policy], clock }).run(attempts(clock, 99))
  await clock.advance(99)

  expect(await call).toBe('answer 0')
  expect(policy.hedges).toBe(0)
  clock.expectIdle()
})

it('hedge() answers at once when the work answers synchronously', async () => {
  const clock = new FakeClock()

  expect(await pipeline({ policies: [hedge({ delay: 100 })], clock }).run(() => 7)).toBe(7)
  clock.expectIdle()
})

it('hedge() aborts the attempt that lost with a reason, and disposes what it still gives', async () => {
  const clock = new FakeClock()
  const discarded: unknown[] = []
  const reasons: unknown[] = []
  const call = pipeline({
    policies: [hedge({ delay: 100 })],
    clock,
    dispose: (value) => discarded.push(value),
  }).run(async (context) => {
    context.signal.addEventListener('abort', () => reasons.push(context.signal.reason))
    return attempts(clock, 1_000, 50)(context)
  })
  await clock.advance(1_000)
  await call

  expect(discarded).toEqual(['answer 0'])
  expect(reasons).toMatchObject([{ code: 'HEDGE_LOST' }])
})

it('hedge() starts the next attempt at once when one fails, and fails with the last error when all have', async () => {
  const clock = new FakeClock()
  const limited = pipeline({ policies: [hedge({ delay: 1_000, maxHedges: 2 })], clock })
  const call = limited.tryRun(attempts(clock, -10, -20, -30))
  await clock.advance(60)

  expect(await call).toMatchObject({ ok: false, error: { message: 'no 2' } })
  clock.expectIdle()
})

it('hedge() with onFailure false ends at the first failure when nothing else runs', async () => {
  const clock = new FakeClock()
  const call = pipeline({ policies: [hedge({ delay: 1_000, onFailure: false })], clock }).tryRun(
    attempts(clock, -10, 5),
  )
  await clock.advance(10)

  expect(await call).toMatchObject({ ok: false, error: { message: 'no 0' } })
  clock.expectIdle()
})

it('hedge() waits for the attempts that run when a hedge is refused by a policy further in', async () => {
  const clock = new FakeClock()
  const call = pipeline({ policies: [hedge({ delay: 10 }), bulkhead({ limit: 1 })], clock }).run(
    attempts(clock, 50),
  )
  await clock.advance(50)

  expect(await call).toBe('answer 0')
})

it('hedge() never hedges work that is not idempotent, by pipeline or by call', async () => {
  const clock = new FakeClock()
  const policy = hedge({ delay: 10 })
  const unsafe = pipeline({ policies: [policy], clock, idempotent: false })
  const first = unsafe.run(attempts(clock, 50))
  const second = unsafe.run(attempts(clock, 50, 5), { idempotent: true })
  await clock.advance(50)

  expect(await Promise.all([first, second])).toEqual(['answer 0', 'answer 1'])
  expect(policy.hedges).toBe(1)
})

it('hedge() starts none that the budget refuses', async () => {
  const clock = new FakeClock()
  const policy = hedge({ delay: 10, budget: retryBudget({ ratio: 0, minPerSecond: 0, clock }) })
  const call = pipeline({ policies: [policy], clock }).run(attempts(clock, 50, 1))
  await clock.advance(50)

  expect(await call).toBe('answer 0')
  expect([policy.hedges, policy.refused]).toEqual([0, 1])
})

it('hedge() ends all attempts when the caller aborts, with the reason', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const signals: AbortSignal[] = []
  const call = pipeline({ policies: [hedge({ delay: 10 })], clock }).tryRun(
    (context) => {
      signals.push(context.signal)
      return attempts(clock, 500, 500)(context)
    },
    { signal: controller.signal },
  )
  await clock.advance(20)
  controller.abort('enough')
  await clock.advance(500)

  expect(await call).toEqual({ ok: false, error: 'enough' })
  expect(signals.map(({ reason }) => String(reason))).toEqual(['enough', 'enough'])
  clock.expectIdle()
})

it('hedge() is cut by a timeout outside it, and gives the slots of a bulkhead back when the work has ended', async () => {
  const clock = new FakeClock()
  const slots = bulkhead({ limit: 4 })
  const call = pipeline({ policies: [timeout({ totalMs: 50 }), hedge({ delay: 10 }), slots], clock }).tryRun(
    attempts(clock, 200, 300),
  )
  await clock.advance(50)

  expect(await call).toMatchObject({ error: { code: 'TIMEOUT' } })
  expect(slots.active).toBe(2)
  await clock.advance(260)
  expect(slots.active).toBe(0)
  clock.expectIdle()
})

it('hedge() by percentile waits the maximum until there are samples, then what most attempts take', async () => {
  const clock = new FakeClock()
  const policy = hedge({ delay: { percentile: 0.9, minimumSamples: 20, maxMs: 400 } })
  const read = pipeline({ policies: [policy], clock })
  expect(policy.delayMs).toBe(400)
  for (let i = 0; i < 20; i++) {
    const call = read.run(attempts(clock, i < 18 ? 20 : 100))
    await clock.advance(100)
    await call
  }
  await clock.advance(3_000)
  const slow = read.run(attempts(clock, 1_000, 5))
  await clock.advance(30)

  expect(await slow).toBe('answer 1')
  expect(policy.delayMs).toBeCloseTo(20, 0)
})

it('hedge() rejects options out of range by name and value', () => {
  expect(() => hedge({ maxHedges: 0 })).toThrow(
    "'maxHedges' must be an integer >= 1 and <= 10: current value is 0",
  )
  expect(() => hedge({ delay: -1 })).toThrow("'delay' must be a number >= 0: current value is -1")
  expect(() => hedge({ delay: { percentile: 1 } })).toThrow("'percentile' must be a number > 0 and <= 0.9999")
  expect(() => hedge({ dely: 1 } as never)).toThrow("'dely' is not an option of it")
})

it('hedge() tells a budget that lives from outcomes what answered', async () => {
  const clock = new FakeClock()
  const told: unknown[] = []
  const budget = {
    deposit: () => undefined,
    tryWithdraw: (added?: 'hedge') => told.push(`take ${added}`) > 0,
    succeeded: (added: 'hedge' | undefined) => void told.push(`succeeded ${added}`),
  }
  const read = pipeline({ policies: [hedge({ delay: 10, budget })], clock })
  const calls = [read.run(attempts(clock, 5)), read.run(attempts(clock, 50, 5))]
  await clock.advance(50)
  await Promise.all(calls)

  expect(told).toEqual(['succeeded undefined', 'take hedge', 'succeeded hedge'])
})

it('hedge() keeps the default of a percentile option that is given as undefined', () => {
  const options = { delay: { maxMs: undefined } } as never

  expect(hedge(options).delayMs).toBe(1_000)
})
