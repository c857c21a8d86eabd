import { expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { cache } from '../cache/cache.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import type { Policy } from '../pipeline/policy.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { coalescing } from './coalescing.ts'

const fail = (): Promise<never> => Promise.reject(new Error('first'))

/** A pipeline whose work is tried again after 10 ms: in that pause a caller may leave. */
function withPause(clock: FakeClock, ...inner: readonly Policy[]) {
  const policies = [coalescing(), retry({ backoff: fixed({ delayMs: 10 }) }), ...inner]
  return pipeline({ operation: 'user', policies, clock })
}

/** What a call ends with, or that it never does. */
async function endOf(call: Promise<unknown>, clock: FakeClock): Promise<unknown> {
  return Promise.race([call, clock.advance(1_000).then(() => 'hangs')])
}

it('coalescing() goes on with the work of the one that has waited longest when the first is aborted', async () => {
  const clock = new FakeClock()
  const user = withPause(clock)
  const controller = new AbortController()
  const first = user.tryRun(fail, { key: '7', signal: controller.signal })
  const second = user.run(() => clock.sleep(5).then(() => 'second'), { key: '7' })
  const third = user.run(() => clock.sleep(5).then(() => 'third'), { key: '7' })
  await clock.settle()
  controller.abort('gone')

  expect(await endOf(Promise.all([first, second, third]), clock)).toEqual([
    { ok: false, error: 'gone' },
    'second',
    'second',
  ])
})

it('coalescing() answers the one that takes over though its work answers at once', async () => {
  const clock = new FakeClock()
  const user = withPause(clock)
  const controller = new AbortController()
  void user.tryRun(fail, { key: '7', signal: controller.signal })
  const second = user.run(() => 'second', { key: '7' })
  await clock.settle()
  controller.abort('gone')

  expect(await endOf(second, clock)).toBe('second')
})

it('coalescing() answers a call that the work itself makes and does not wait for', async () => {
  const clock = new FakeClock()
  const user = pipeline({ policies: [coalescing()], clock })
  let nested: Promise<unknown> | undefined
  const work = (): string => {
    nested = user.run(work, { key: '7' })
    return 'done'
  }

  expect(await user.run(work, { key: '7' })).toBe('done')
  expect(await endOf(Promise.resolve(nested), clock)).toBe('done')
})

it('coalescing() aborts the work of the third when that leaves, though the second was aborted while it took over', async () => {
  const clock = new FakeClock()
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()]
  let asked = 0
  const keyOf = (): undefined => {
    if (++asked === 3) second.abort('gone too')
  }
  const user = withPause(clock, cache({ keyOf }))
  let signal: AbortSignal | undefined
  const hang = (context: { signal: AbortSignal }): Promise<never> => {
    signal = context.signal
    return new Promise(() => undefined)
  }
  void user.tryRun(fail, { key: '7', signal: first.signal })
  void user.tryRun(fail, { key: '7', signal: second.signal })
  void user.tryRun(hang, { key: '7', signal: third.signal })
  await clock.settle()
  first.abort('gone')
  await clock.advance(10)
  const isAbortedEarly = signal?.aborted

  third.abort('the last')

  expect([isAbortedEarly, signal?.aborted, signal?.reason]).toEqual([false, true, 'the last'])
})

it('coalescing() starts anew for a call that comes while the work of before is being aborted', async () => {
  const clock = new FakeClock()
  const policy = coalescing()
  const user = pipeline({ policies: [policy], clock })
  const controller = new AbortController()
  const anew: Promise<unknown>[] = []
  const slow = (): Promise<string> => clock.sleep(5).then(() => 'anew')
  const hang = ({ signal }: { signal: AbortSignal }): Promise<never> => {
    signal.addEventListener('abort', () => anew.push(user.run(slow, { key: '7' })))
    return new Promise(() => undefined)
  }
  void user.tryRun(hang, { key: '7', signal: controller.signal })
  controller.abort()
  anew.push(user.run(slow, { key: '7' }))

  expect([policy.underWay, policy.shared]).toEqual([1, 1])
  expect(await endOf(Promise.all(anew), clock)).toEqual(['anew', 'anew'])
})

it('coalescing() ends a call that is aborted while it is let in, and lets the next one run', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const keyOf = (): undefined => void controller.abort('gone')
  const policy = coalescing()
  const user = pipeline({ policies: [policy, cache({ keyOf })], clock })
  const aborted = user.tryRun(() => 'not run', { key: '7', signal: controller.signal })

  expect(await endOf(aborted, clock)).toEqual({ ok: false, error: 'gone' })
  expect(
    await endOf(
      user.run(() => 'run', { key: '7' }),
      clock,
    ),
  ).toBe('run')
  expect([policy.underWay, policy.shared]).toEqual([0, 0])
})

it('coalescing() keeps the calls apart that come after one whose work answered at once', async () => {
  const clock = new FakeClock()
  const slots = bulkhead({ limit: 2 })
  const user = pipeline({ policies: [slots, coalescing()], clock })
  const slow = (answer: string) => () => clock.sleep(5).then(() => answer)
  await user.run(() => 'at once', { key: '7' })

  const both = Promise.all([user.run(slow('a'), { key: 'a' }), user.run(slow('b'), { key: 'b' })])

  expect([slots.active, await endOf(both, clock)]).toEqual([2, ['a', 'b']])
  expect([slots.active, slots.admitted]).toEqual([0, 3])
})

it('coalescing() disposes what comes after the last caller has left, and no error', async () => {
  const clock = new FakeClock()
  const disposed: unknown[] = []
  const policy = coalescing()
  const user = pipeline({ policies: [policy], clock, dispose: (value) => void disposed.push(value) })
  const callers = [new AbortController(), new AbortController()]
  const signal = (at: number) => ({ signal: (callers[at] as AbortController).signal, key: `${at}` })
  void user.tryRun(() => clock.sleep(10).then(() => 'connection'), signal(0))
  void user.tryRun(() => clock.sleep(10).then(fail), signal(1))
  for (const caller of callers) caller.abort()
  await clock.advance(10)

  expect([disposed, policy.underWay]).toEqual([['connection'], 0])
})

it('coalescing() aborts work that aborts the last call that waits for it while it takes over', async () => {
  const clock = new FakeClock()
  const user = withPause(clock)
  const [first, second] = [new AbortController(), new AbortController()]
  const reasons: unknown[] = []
  void user.tryRun(fail, { key: '7', signal: first.signal })
  const call = user.tryRun(
    ({ signal }) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason))
      second.abort('enough')
      return clock.sleep(50)
    },
    { key: '7', signal: second.signal },
  )
  await clock.settle()
  first.abort('gone')

  expect(await endOf(call, clock)).toEqual({ ok: false, error: 'enough' })
  expect(reasons).toEqual(['enough'])
})

it('coalescing() disposes what work gives at once that aborts the last call that waits for it', async () => {
  const clock = new FakeClock()
  const discarded: unknown[] = []
  const policies = [coalescing(), retry({ backoff: fixed({ delayMs: 10 }) })]
  const user = pipeline({ policies, clock, dispose: (value) => discarded.push(value) })
  const [first, second] = [new AbortController(), new AbortController()]
  void user.tryRun(fail, { key: '7', signal: first.signal })
  const work = (): string => {
    second.abort('enough')
    return 'unwanted'
  }
  const call = user.tryRun(work, { key: '7', signal: second.signal })
  await clock.settle()
  first.abort('gone')

  expect(await endOf(call, clock)).toEqual({ ok: false, error: 'enough' })
  expect(discarded).toEqual(['unwanted'])
})
