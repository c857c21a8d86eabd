import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { rateLimiter } from './rate-limiter.ts'
import type { RateLimiterOptions } from './rate-limiter-options.ts'

const perSecond = { limit: 1, intervalMs: 1_000, queue: 3 } satisfies RateLimiterOptions

describe('rateLimiter() with a queue', () => {
  it('serves in order of arrival, each at its moment, and newcomers do not overtake', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ ...perSecond, clock })
    const starts: [string, number][] = []
    const call = (name: string): Promise<number> => limiter.run(() => starts.push([name, clock.now()]))

    const calls = [call('a'), call('b'), call('c')]
    await clock.advance(1_000)
    const overtaken = limiter.tryAcquire()
    calls.push(call('d'))
    await clock.advance(5_000)
    await Promise.all(calls)

    expect(starts).toEqual([
      ['a', 0],
      ['b', 1_000],
      ['c', 2_000],
      ['d', 3_000],
    ])
    expect(overtaken).toBe(false)
    clock.expectIdle()
  })

  it('queues n calls and refuses the next at once, with the time that the queue takes', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [rateLimiter({ ...perSecond, clock })], clock })

    const outcomes = Array.from({ length: 5 }, () => line.tryRun(() => 1))
    await clock.advance(3_000)

    expect((await Promise.all(outcomes)).map(({ ok }) => ok)).toEqual([true, true, true, true, false])
    expect(await outcomes[4]).toMatchObject({ rejection: { retryAfterMs: 4_000 } })
  })

  it.each([
    { maxWaitMs: 1_999, admitted: [true, true, false] },
    { maxWaitMs: 2_000, admitted: [true, true, true] },
    { maxWaitMs: 2_001, admitted: [true, true, true] },
  ])('refuses at once who would wait longer than $maxWaitMs ms', async ({ maxWaitMs, admitted }) => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [rateLimiter({ ...perSecond, maxWaitMs, clock })], clock })

    const outcomes = admitted.map(() => line.tryRun(() => clock.now()))
    await clock.advance(2_000)

    expect((await Promise.all(outcomes)).map(({ ok }) => ok)).toEqual(admitted)
    clock.expectIdle()
  })

  it('who would wait too long is refused on arrival, not after the wait', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ ...perSecond, maxWaitMs: 999, clock })
    limiter.tryAcquire()
    const call = limiter.run(() => 1).catch(() => clock.now())

    const queued = limiter.queued
    await clock.advance(2_000)

    expect([queued, await call]).toEqual([0, 0])
  })

  it('an abort leaves the line at once, with the reason of the caller, and those behind move up', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ ...perSecond, clock })
    const caller = new AbortController()
    const reason = new Error('user left')
    limiter.tryAcquire()
    const first = limiter.run(() => 'first', { signal: caller.signal }).catch((error: unknown) => error)
    const second = limiter.run(() => clock.now())

    await clock.advance(400)
    caller.abort(reason)
    const queuedAfter = limiter.queued
    await clock.advance(600)

    expect(await first).toBe(reason)
    expect(await second).toBe(1_000)
    expect(queuedAfter).toBe(1)
    clock.expectIdle()
  })

  it('an abort of the only one that waits leaves no timer and no listener', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ ...perSecond, clock })
    const caller = new AbortController()
    limiter.tryAcquire()
    const waiting = limiter.run(() => 1, { signal: caller.signal }).catch(() => 'aborted')

    caller.abort()

    expect(await waiting).toBe('aborted')
    expect(limiter.queued).toBe(0)
    expect(getEventListeners(caller.signal, 'abort')).toEqual([])
    clock.expectIdle()
  })

  it('a thousand waits on one signal leave no listener on it', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ limit: 1_000, intervalMs: 1_000, burst: 1, queue: 1_000, clock })
    const caller = new AbortController()
    const calls = Array.from({ length: 1_000 }, () => limiter.run(() => 1, { signal: caller.signal }))

    await clock.advance(1_000)
    await Promise.all(calls)

    expect(getEventListeners(caller.signal, 'abort')).toEqual([])
    clock.expectIdle()
  })

  it('a signal that has aborted already takes nothing', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ ...perSecond, clock })

    await expect(limiter.run(() => 1, { signal: AbortSignal.abort('gone') })).rejects.toBe('gone')
    expect(limiter.peek().remaining).toBe(1)
  })

  it('one that waits for much does not let a cheaper one pass', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({
      ...{ limit: 4, intervalMs: 4_000, queue: 10, clock },
      cost: ({ args }) => Number(args[0]),
    })
    const starts: [unknown, number][] = []
    const call = (cost: number): Promise<number> =>
      limiter.run(() => starts.push([cost, clock.now()]), { args: [cost] })

    const calls = [call(4), call(3), call(1)]
    await clock.advance(4_000)
    await Promise.all(calls)

    expect(starts).toEqual([
      [4, 0],
      [3, 3_000],
      [1, 4_000],
    ])
  })

  it('work that comes back to the limiter while the line moves waits behind those in it', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ limit: 2, intervalMs: 2_000, queue: 10, clock })
    const order: string[] = []
    const nested = { done: Promise.resolve(0) }
    const outer = (): void => {
      order.push('outer')
      nested.done = limiter.run(() => order.push('nested'))
    }
    limiter.tryAcquire(2)

    const calls = [limiter.run(outer), limiter.run(() => order.push('second'))]
    await clock.advance(10_000)
    await Promise.all([...calls, nested.done])

    expect(order).toEqual(['outer', 'second', 'nested'])
    expect(limiter.queued).toBe(0)
    clock.expectIdle()
  })

  it('keys wait apart: a busy key holds no other up', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ ...perSecond, clock })
    limiter.tryAcquire(1, 'busy')
    const busy = limiter.run(() => clock.now(), { key: 'busy' })

    const calm = await limiter.run(() => clock.now(), { key: 'calm' })
    await clock.advance(1_000)

    expect([calm, await busy]).toEqual([0, 1_000])
  })

  it('a sliding window lets those that wait in as the window moves on', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ ...perSecond, limit: 2, algorithm: 'sliding-window', clock })
    const starts: number[] = []
    const call = (): Promise<number> => limiter.run(() => starts.push(clock.now()))

    const calls = [call()]
    await clock.advance(300)
    calls.push(call(), call(), call())
    await clock.advance(3_000)
    await Promise.all(calls)

    expect(starts).toEqual([0, 300, 1_000, 1_300])
    clock.expectIdle()
  })
})
