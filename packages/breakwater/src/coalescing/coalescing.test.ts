import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { coalescing } from './coalescing.ts'

it('coalescing() runs the work once for equal calls and gives all the same object', async () => {
  const clock = new FakeClock()
  const policy = coalescing()
  const user = pipeline({ operation: 'user', policies: [policy], clock })
  let runs = 0
  const load = (): Promise<{ run: number }> => clock.sleep(10).then(() => ({ run: ++runs }))
  const calls = [user.run(load, { key: '7' }), user.run(load, { key: '7' }), user.run(load, { key: '8' })]
  await clock.advance(10)

  const [a, b, c] = await Promise.all(calls)

  expect(a).toBe(b)
  expect(c).not.toBe(a)
  expect([runs, policy.shared, policy.underWay]).toEqual([2, 1, 0])
})

it('coalescing() gives all the same error, and the next call runs again', async () => {
  const clock = new FakeClock()
  const user = pipeline({ policies: [coalescing()], clock })
  const boom = new Error('boom')
  const fail = (): Promise<never> => clock.sleep(10).then(() => Promise.reject(boom))
  const calls = [user.tryRun(fail, { key: '7' }), user.tryRun(fail, { key: '7' })]
  await clock.advance(10)

  expect(await Promise.all(calls)).toEqual([
    { ok: false, error: boom },
    { ok: false, error: boom },
  ])
  expect(await user.run(() => 'again', { key: '7' })).toBe('again')
})

it('coalescing() never shares calls without a key, nor those of two operations', async () => {
  const clock = new FakeClock()
  const policy = coalescing()
  const first = pipeline({ operation: 'first', policies: [policy], clock })
  const second = pipeline({ operation: 'second', policies: [policy], clock })
  const answers = Promise.all([
    first.run(() => clock.sleep(5).then(() => 'a')),
    first.run(() => clock.sleep(5).then(() => 'b')),
    first.run(() => clock.sleep(5).then(() => 'c'), { key: '7' }),
    second.run(() => clock.sleep(5).then(() => 'd'), { key: '7' }),
  ])
  await clock.advance(5)

  expect(await answers).toEqual(['a', 'b', 'c', 'd'])
})

it('coalescing() goes on for the others when the caller aborts whose work runs', async () => {
  const clock = new FakeClock()
  const user = pipeline({ policies: [coalescing(), retry({ backoff: fixed({ delayMs: 10 }) })], clock })
  const controller = new AbortController()
  let tries = 0
  const flaky = async (): Promise<string> => {
    await clock.sleep(10)
    if (++tries === 1) throw new Error('first')
    return `try ${tries}`
  }
  const leader = user.tryRun(flaky, { key: '7', signal: controller.signal })
  const follower = user.run(flaky, { key: '7' })
  await clock.advance(5)
  controller.abort('gone')
  await clock.advance(60)

  expect(await leader).toEqual({ ok: false, error: 'gone' })
  expect(await follower).toMatch(/^try [23]$/)
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  clock.expectIdle()
})

it('coalescing() aborts the work when the last caller has left', async () => {
  const clock = new FakeClock()
  const policy = coalescing()
  const user = pipeline({ policies: [timeout({ totalMs: 20 }), policy], clock })
  let signal: AbortSignal | undefined
  const hang = (context: { signal: AbortSignal }): Promise<never> => {
    signal = context.signal
    return new Promise(() => undefined)
  }
  const first = user.tryRun(hang, { key: '7' })
  await clock.advance(10)
  const second = user.tryRun(hang, { key: '7' })
  await clock.advance(10)
  expect(signal?.aborted).toBe(false)
  await clock.advance(10)

  expect(signal?.aborted).toBe(true)
  expect(await first).toMatchObject({ error: { code: 'TIMEOUT' } })
  expect(await second).toMatchObject({ error: { code: 'TIMEOUT' } })
  expect(policy.underWay).toBe(0)
})

it('coalescing() passes an answer that comes at once', async () => {
  const user = pipeline({ policies: [coalescing()] })

  expect(await user.run(() => 1, { key: '7' })).toBe(1)
  expect(await user.run(() => 2, { key: '7' })).toBe(2)
})

it('coalescing() lets calls of further keys run by themselves and counts them', async () => {
  const clock = new FakeClock()
  const policy = coalescing({ maxKeys: 1 })
  const user = pipeline({ policies: [policy], clock })
  const slow = (): Promise<void> => clock.sleep(5)
  const calls = Promise.all([user.run(slow, { key: 'a' }), user.run(slow, { key: 'b' })])
  await clock.advance(5)
  await calls

  expect([policy.shared, policy.overflowed]).toEqual([0, 1])
})

it('coalescing() of a wrapped function takes its key from the arguments', async () => {
  const clock = new FakeClock()
  let runs = 0
  const load = async (id: number): Promise<number> => {
    await clock.sleep(5)
    runs++
    return id * 10
  }
  const user = pipeline({ policies: [coalescing({ keyOf: ({ args }) => String(args[0]) })], clock }).wrap(
    load,
  )
  const answers = Promise.all([user(1), user(1), user(2)])
  await clock.advance(5)

  expect(await answers).toEqual([10, 10, 20])
  expect(runs).toBe(2)
})
