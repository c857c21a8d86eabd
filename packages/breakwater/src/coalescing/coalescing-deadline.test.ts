import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import type { Policy } from '../pipeline/policy.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { coalescing } from './coalescing.ts'

/** Calls of one key, each with what is left to its caller when it comes; the work takes 50 ms. */
function scene(...outer: readonly Policy[]) {
  const clock = new FakeClock()
  const deadline = new AsyncLocalStorage<number>()
  const remainingMs = (): number | undefined => {
    const at = deadline.getStore()
    return at === undefined ? undefined : at - clock.now()
  }
  const policies = [...outer, coalescing(), timeout({ ms: 100 })]
  const line = pipeline({ policies, clock, remainingMs })
  const started: string[] = []
  const ended: string[] = []
  const call = async (name: string, leftMs: number, tookMs = 50): Promise<void> => {
    const work = async (): Promise<string> => {
      started.push(`${name} at ${clock.now()}`)
      await clock.sleep(tookMs)
      return `answer of ${name}`
    }
    const outcome = await deadline.run(clock.now() + leftMs, () => line.tryRun(work, { key: 'a' }))
    const end = outcome.ok ? outcome.value : (outcome.error as { code?: string }).code
    ended.push(`${name}: ${String(end)} at ${clock.now()}`)
  }
  return { clock, started, ended, call }
}

it('coalescing() fails nobody for the deadline of another: who came last takes over', async () => {
  const { clock, started, ended, call } = scene()
  void call('first', 8)
  void call('second', 200)
  void call('third', 1_000)

  await clock.advance(200)

  expect(started).toEqual(['first at 0', 'third at 8'])
  expect(ended).toEqual([
    'first: TIMEOUT at 8',
    'second: answer of third at 58',
    'third: answer of third at 58',
  ])
})

it('coalescing() goes on when the first has left by a timeout of its own around it', async () => {
  const { clock, started, ended, call } = scene(timeout({ totalMs: 500 }))
  void call('first', 8)
  void call('second', 200)

  await clock.advance(200)

  expect(started).toEqual(['first at 0', 'second at 8'])
  expect(ended).toEqual(['first: TIMEOUT at 8', 'second: answer of second at 58'])
})

it('coalescing() starts nothing again for calls whose time is over as well', async () => {
  const { clock, started, ended, call } = scene()
  for (let i = 0; i < 20_000; i++) void call(`call ${i}`, 8)

  await clock.advance(200)

  expect(started).toEqual(['call 0 at 0'])
  expect(new Set(ended.map((end) => end.replace(/^call \d+/, 'call')))).toEqual(
    new Set(['call: TIMEOUT at 8', 'call: DEADLINE_EXCEEDED at 8']),
  )
  expect(ended).toHaveLength(20_000)
})

it('coalescing() goes on with who came after the last had taken over, and leaves out who has left', async () => {
  const { clock, started, ended, call } = scene(timeout({ totalMs: 40 }))
  void call('first', 8)
  void call('second', 1_000)
  void call('third', 16)
  await clock.advance(10)
  void call('fourth', 1_000)
  await clock.advance(200)

  expect(started).toEqual(['first at 0', 'third at 8', 'second at 16'])
  expect(ended).toEqual([
    'first: TIMEOUT at 8',
    'third: TIMEOUT at 16',
    'second: TIMEOUT at 40',
    'fourth: TIMEOUT at 50',
  ])
})

it('coalescing() starts nothing for who has left when somebody else takes over', async () => {
  const { clock, started, ended, call } = scene(timeout({ totalMs: 500 }))
  void call('first', 8)
  void call('second', 12)
  void call('third', 16)
  await clock.advance(10)
  void call('fourth', 400)
  await clock.advance(200)

  expect(started).toEqual(['first at 0', 'third at 8', 'fourth at 16'])
  expect(ended.at(-1)).toBe('fourth: answer of fourth at 66')
})

it('coalescing() asks the next when there is no time left for who came last', async () => {
  const { clock, started, ended, call } = scene()
  void call('first', 8)
  void call('second', 1_000)
  void call('third', 4)
  await clock.advance(200)

  expect(started).toEqual(['first at 0', 'second at 8'])
  expect(ended).toEqual([
    'first: TIMEOUT at 8',
    'third: DEADLINE_EXCEEDED at 8',
    'second: answer of second at 58',
  ])
})

it('coalescing() gives all of them the timeout that is the limit of the work', async () => {
  const { clock, started, ended, call } = scene()
  void call('first', 1_000, 300)
  void call('second', 1_000)

  await clock.advance(300)

  expect(started).toEqual(['first at 0'])
  expect(ended).toEqual(['first: TIMEOUT at 100', 'second: TIMEOUT at 100'])
})

it('coalescing() gives a call that is alone its own deadline', async () => {
  const { clock, started, ended, call } = scene()
  await Promise.all([call('gone', 0), call('late', 0)])
  void call('first', 8)

  await clock.advance(100)

  expect(started).toEqual(['first at 0'])
  expect(ended).toEqual([
    'gone: DEADLINE_EXCEEDED at 0',
    'late: DEADLINE_EXCEEDED at 0',
    'first: TIMEOUT at 8',
  ])
})
