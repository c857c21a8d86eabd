import { expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { createRuntime } from '../runtime/runtime.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { hedge } from './hedge.ts'

const fail = (what: string): never => {
  throw new Error(what)
}

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

it('hedge() fails with the last error when the first attempt fails at once and the second later', async () => {
  const clock = new FakeClock()
  const call = pipeline({ policies: [hedge({ delay: 10 })], clock }).tryRun(({ attempt }) => {
    if (attempt === 0) fail('at once')
    return clock.sleep(5).then(() => fail('later'))
  })
  await clock.advance(5)

  expect(await call).toMatchObject({ ok: false, error: { message: 'later' } })
  clock.expectIdle()
})

it('hedge() answers at once when the first attempt fails at once and the second answers so, as one call', async () => {
  const clock = new FakeClock()
  const bw = createRuntime({ service: 'shop', clock })
  const read = bw.pipeline({ operation: 'read', policies: [hedge({ delay: 10 })] })

  const answer = await read.run(({ attempt }) => (attempt === 0 ? fail('at once') : 'second'))

  expect(answer).toBe('second')
  expect(bw.collect().operations[0]).toMatchObject({ calls: 1, successes: 1, attempts: 2, inFlight: 0 })
  clock.expectIdle()
})

it('hedge() gives each of many calls in a row that are answered at once its own answer', async () => {
  const clock = new FakeClock()
  const bw = createRuntime({ service: 'shop', clock })
  const read = bw.pipeline({ operation: 'read', policies: [hedge({ delay: 10 })] })
  const ids = Array.from({ length: 50 }, (_, i) => i)

  const answers = await Promise.all(ids.map((id) => read.run(() => id)))

  expect(answers).toEqual(ids)
  expect(bw.collect().operations[0]).toMatchObject({ calls: 50, successes: 50, inFlight: 0 })
})

it('hedge() ends with the reason when the caller aborts the last attempt allowed', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const call = pipeline({ policies: [hedge({ delay: 10 })], clock }).tryRun(
    ({ attempt }) => (attempt === 0 ? fail('at once') : clock.sleep(50)),
    { signal: controller.signal },
  )
  controller.abort('enough')
  await clock.advance(50)

  expect(await call).toEqual({ ok: false, error: 'enough' })
})

it('hedge() aborts an attempt that ends the call while it starts', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const reasons: unknown[] = []
  const call = pipeline({ policies: [hedge({ delay: 10, maxHedges: 2 })], clock }).tryRun(
    ({ attempt, signal }) => {
      signal.addEventListener('abort', () => reasons.push(`${attempt} ${signal.reason}`))
      if (attempt === 1) controller.abort('enough')
      return clock.sleep(50)
    },
    { signal: controller.signal },
  )
  await clock.advance(10)

  expect(await call).toEqual({ ok: false, error: 'enough' })
  expect(reasons).toEqual(['0 enough', '1 enough'])
  await clock.advance(50)
  clock.expectIdle()
})

it('hedge() disposes what an attempt gives that has ended the call', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const discarded: unknown[] = []
  const policy = hedge({ delay: 10 })
  const line = pipeline({ policies: [policy], clock, dispose: (value) => discarded.push(value) })
  const call = line.tryRun(
    ({ attempt }) => {
      if (attempt === 0) return clock.sleep(50).then(() => 'late')
      controller.abort('enough')
      return 'unwanted'
    },
    { signal: controller.signal },
  )
  await clock.advance(10)

  expect(await call).toEqual({ ok: false, error: 'enough' })
  expect(discarded).toEqual(['unwanted'])
  expect(policy.won).toBe(0)
  await clock.advance(40)
})

it('hedge() starts no attempt when a listener at its start lets the first answer', async () => {
  const clock = new FakeClock()
  const slots = bulkhead({ limit: 1, queue: 1 })
  const permit = slots.tryAcquire()
  const attempts: number[] = []
  const policy = hedge({ delay: 10, onEvent: () => permit?.release() })
  const call = pipeline({ policies: [policy, slots], clock }).run(({ attempt }) => attempts.push(attempt))
  await clock.advance(10)
  await call

  expect(attempts).toEqual([0])
  expect([slots.admitted, slots.active]).toEqual([2, 0])
  clock.expectIdle()
})

it('hedge() leaves no timer when a further attempt answers at once', async () => {
  const clock = new FakeClock()
  const call = pipeline({ policies: [hedge({ delay: 10, maxHedges: 2 })], clock }).run(({ attempt }) =>
    attempt === 0 ? new Promise(() => undefined) : 'at once',
  )
  await clock.advance(10)

  expect(await call).toBe('at once')
  clock.expectIdle()
})

it('hedge() sets no timer when no further attempt is allowed', async () => {
  const clock = new FakeClock()
  const call = pipeline({ policies: [hedge({ delay: 10 })], clock }).run(() => clock.sleep(50))
  await clock.advance(10)

  expect(clock.pending()).toEqual([40, 50])
  await clock.advance(50)
  await call
})

it('hedge() starts the next attempt after the delay when one is refused by a policy further in', async () => {
  const clock = new FakeClock()
  const policy = hedge({ delay: 10, maxHedges: 2 })
  const slots = bulkhead({ limit: 1 })
  const call = pipeline({ policies: [policy, slots], clock }).run(() => clock.sleep(50))
  await clock.advance(19)
  const soon = policy.hedges
  await clock.advance(1)
  const then = policy.hedges
  await clock.advance(30)
  await call

  expect([soon, then]).toEqual([1, 2])
})

it('hedge() starts no attempt when a timeout outside it ends the first', async () => {
  const clock = new FakeClock()
  const policy = hedge({ delay: 100 })
  const attempts: number[] = []
  const call = pipeline({ policies: [timeout({ totalMs: 50 }), policy], clock }).tryRun(({ attempt }) => {
    attempts.push(attempt)
    return clock.sleep(200)
  })
  await clock.advance(200)

  expect(await call).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } })
  expect([attempts, policy.hedges]).toEqual([[0], 0])
  clock.expectIdle()
})
