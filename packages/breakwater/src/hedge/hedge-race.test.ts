import { expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { hedge } from './hedge.ts'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'

it('hedge() waits for the attempt that still runs when another fails, and starts no more than allowed', async () => {
  const clock = new FakeClock()
  const call = pipeline({ policies: [hedge({ delay: 10 })], clock }).run(async ({ attempt }) => {
    await clock.sleep(attempt === 0 ? 50 : 5)
    if (attempt > 0) throw new Error('down')
    return 'answer 0'
  })
  await clock.advance(50)

  expect(await call).toBe('answer 0')
  clock.expectIdle()
})

it('hedge() with onFailure false waits for the attempt that still runs when another fails', async () => {
  const clock = new FakeClock()
  const policy = hedge({ delay: 10, maxHedges: 2, onFailure: false })
  const call = pipeline({ policies: [policy], clock }).run(async ({ attempt }) => {
    await clock.sleep(attempt === 0 ? 18 : 15)
    if (attempt === 0) throw new Error('down')
    return `answer ${attempt}`
  })
  await clock.advance(25)

  expect(await call).toBe('answer 1')
  expect(policy.hedges).toBe(2)
})

it('hedge() counts the delay anew from an attempt that a failure has started', async () => {
  const clock = new FakeClock()
  const startedAt: number[] = []
  const call = pipeline({ policies: [hedge({ delay: 10, maxHedges: 2 })], clock }).run(
    async ({ attempt }) => {
      startedAt.push(clock.now())
      await clock.sleep(attempt === 0 ? 4 : 50)
      if (attempt === 0) throw new Error('down')
    },
  )
  await clock.advance(60)
  await call

  expect(startedAt).toEqual([0, 4, 14])
})

it('hedge() starts no attempt beside one that a policy further in has refused, and fails with the refusal', async () => {
  const clock = new FakeClock()
  const policy = hedge({ delay: 10 })
  const breaker = circuitBreaker({ clock })
  breaker.isolate()
  const outcome = await pipeline({ policies: [policy, breaker], clock }).tryRun(() => 1)

  expect(outcome).toMatchObject({ ok: false, rejection: { code: 'CIRCUIT_OPEN' } })
  expect(policy.hedges).toBe(0)
  clock.expectIdle()
})

it('hedge() takes the answer that a further attempt gives at once, and aborts the first', async () => {
  const clock = new FakeClock()
  const signals: AbortSignal[] = []
  const call = pipeline({ policies: [hedge({ delay: 10 })], clock }).run(({ attempt, signal }) => {
    signals.push(signal)
    return attempt === 0 ? clock.sleep(50).then(() => 'late') : 'at once'
  })
  await clock.advance(10)

  expect(await call).toBe('at once')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  await clock.advance(40)
})

it('hedge() starts no attempt when a listener aborts the call at its start, and none after', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const policy = hedge({ delay: 10, maxHedges: 3, onEvent: () => controller.abort('enough') })
  const attempts: number[] = []
  const call = pipeline({ policies: [policy], clock }).tryRun(
    ({ attempt }) => {
      attempts.push(attempt)
      return clock.sleep(50)
    },
    { signal: controller.signal },
  )
  await clock.advance(50)

  expect(await call).toEqual({ ok: false, error: 'enough' })
  expect(attempts).toEqual([0])
  clock.expectIdle()
})

it('hedge() fails a call whose winner a listener aborts, and disposes the answer', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const discarded: unknown[] = []
  const policy = hedge({
    delay: 10,
    onEvent: ({ type }) => type === 'HedgeWon' && controller.abort('enough'),
  })
  const line = pipeline({ policies: [policy], clock, dispose: (value) => discarded.push(value) })
  const call = line.tryRun(({ attempt }) => clock.sleep(attempt === 0 ? 50 : 5).then(() => attempt), {
    signal: controller.signal,
  })
  await clock.advance(50)

  expect(await call).toEqual({ ok: false, error: 'enough' })
  expect(discarded).toEqual([1, 0])
})
