import { expect, it } from 'vitest'
import { retryBudget } from '../budget/retry-budget.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import type { CallContext, Work } from '../pipeline/call-context.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { createRuntime } from '../runtime/runtime.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { HedgeEvent } from './hedge-events.ts'
import { hedge } from './hedge.ts'

/** Work whose attempts take these times. */
function taking(clock: FakeClock, ...times: readonly number[]): Work<string> {
  return async ({ attempt }: CallContext) => {
    await clock.sleep(times[attempt] ?? 0)
    return `answer ${attempt}`
  }
}

it('hedge() reports an attempt that was added because the answer is slow, and that it won', async () => {
  const clock = new FakeClock()
  const events: HedgeEvent[] = []
  const policy = hedge({ delay: 10, name: 'twice', onEvent: (event) => events.push(event) })
  const call = pipeline({ operation: 'read', policies: [policy], clock }).run(taking(clock, 50, 5))
  await clock.advance(15)
  await call

  expect(events).toEqual([
    { type: 'HedgeStarted', policy: 'twice', operation: 'read', attempt: 1, because: 'delay' },
    { type: 'HedgeWon', policy: 'twice', operation: 'read', attempt: 1 },
  ])
})

it('hedge() reports attempts that were added because one failed, each with its number, and no winner when all fail', async () => {
  const clock = new FakeClock()
  const events: HedgeEvent[] = []
  const policy = hedge({ delay: 10, maxHedges: 2 })
  policy.on((event) => events.push(event))
  await pipeline({ operation: 'read', policies: [policy], clock }).tryRun(() =>
    Promise.reject(new Error('down')),
  )

  const names = { type: 'HedgeStarted', policy: 'hedge', operation: 'read' }
  expect(events).toEqual([
    { ...names, attempt: 1, because: 'failure' },
    { ...names, attempt: 2, because: 'failure' },
  ])
  expect([policy.hedges, policy.won]).toEqual([2, 0])
})

it('hedge() reports an attempt that its budget refuses', async () => {
  const clock = new FakeClock()
  const events: HedgeEvent[] = []
  const budget = retryBudget({ ratio: 0, minPerSecond: 0, clock })
  const policy = hedge({ delay: 10, budget, onEvent: (event) => events.push(event) })
  const call = pipeline({ operation: 'read', policies: [policy], clock }).run(taking(clock, 50))
  await clock.advance(50)
  await call

  expect(events).toEqual([{ type: 'HedgeRefused', policy: 'hedge', operation: 'read' }])
})

it('hedge() does not report that it won when the first attempt answers first', async () => {
  const clock = new FakeClock()
  const types: string[] = []
  const policy = hedge({ delay: 10, onEvent: ({ type }) => types.push(type) })
  const call = pipeline({ policies: [policy], clock }).run(taking(clock, 20, 11))
  await clock.advance(20)

  expect(await call).toBe('answer 0')
  expect(types).toEqual(['HedgeStarted'])
  expect(policy.won).toBe(0)
})

it('hedge() tells a listener nothing any more that has unsubscribed', async () => {
  const clock = new FakeClock()
  const types: string[] = []
  const policy = hedge({ delay: 10 })
  const stop = policy.on(({ type }) => types.push(type))
  stop()
  const call = pipeline({ policies: [policy], clock }).run(taking(clock, 50, 5))
  await clock.advance(15)
  await call

  expect(types).toEqual([])
})

it('hedge() counts what it added, won and was refused, and shows its delay', async () => {
  const clock = new FakeClock()
  let left = 1
  const budget = { deposit: () => undefined, tryWithdraw: () => left-- > 0 }
  const policy = hedge({ delay: 10, budget })
  const read = pipeline({ policies: [policy], clock })
  const calls = [read.run(taking(clock, 50, 5)), read.run(taking(clock, 50, 5))]
  await clock.advance(50)
  await Promise.all(calls)

  expect(policy.stats()).toEqual({
    counters: { hedges: 1, won: 1, refused: 1 },
    gauges: { delayMs: 10 },
  })
})

it('hedge() is marked as who spared the user when an added attempt answered, not when the first did', async () => {
  const clock = new FakeClock()
  const bw = createRuntime({ service: 'shop', clock })
  const read = bw.pipeline({ operation: 'read', policies: [hedge({ delay: 10 })] })
  const calls = [read.run(taking(clock, 50, 5)), read.run(taking(clock, 20, 50)), read.run(taking(clock, 5))]
  await clock.advance(60)
  await Promise.all(calls)

  expect(bw.collect().operations[0]).toMatchObject({ calls: 3, successes: 3, attempts: 5, sparedByHedge: 1 })
})

it('hedge() alone runs work under its own name', async () => {
  const named = hedge({ name: 'twice' })
  const plain = hedge()

  const operations = [
    await named.run(({ operation }) => operation),
    await named.run(({ operation }) => operation),
    await plain.run(({ operation }) => operation),
  ]

  expect(operations).toEqual(['twice', 'twice', 'hedge'])
  expect([named.name, plain.name, plain.kind]).toEqual(['twice', 'hedge', 'hedge'])
})

it('hedge() tells an attempt that lost why, by an error that names itself and the operation', async () => {
  const clock = new FakeClock()
  const reasons: unknown[] = []
  const call = pipeline({ operation: 'read', policies: [hedge({ delay: 10 })], clock }).run((context) => {
    context.signal.addEventListener('abort', () => reasons.push(context.signal.reason))
    return taking(clock, 50, 5)(context)
  })
  await clock.advance(15)
  await call

  expect(reasons.map(String)).toEqual(["HedgeLostError: Another attempt of 'read' answered first"])
  expect(reasons[0]).toBeInstanceOf(ResilienceError)
})
