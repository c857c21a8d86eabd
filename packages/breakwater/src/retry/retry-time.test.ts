import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { fixed } from './backoff.ts'
import type { RetryEvent } from './retry-events.ts'
import type { RetryOptions } from './retry-options.ts'
import { retry } from './retry.ts'

const broken = new Error('broken')

/** When the attempts of a call that always fails are made, and when it ends; each attempt takes `workMs`. */
async function timesOf(options: RetryOptions, error: unknown = broken, workMs = 0): Promise<number[]> {
  const clock = new FakeClock()
  const times: number[] = []
  const ended = pipeline({ policies: [retry(options)], clock }).tryRun(async () => {
    times.push(clock.now())
    await clock.sleep(workMs)
    throw error
  })
  void ended.then(() => times.push(clock.now()))
  await clock.advance(1_000_000)
  clock.expectIdle()
  return times
}

describe('retry() with a total time', () => {
  it.each([
    [199, [0, 100, 100]],
    [200, [0, 100, 200, 200]],
    [201, [0, 100, 200, 200]],
  ])('with %i ms and waits of 100 ms begins no wait that would end later', async (totalMs, expected) => {
    expect(await timesOf({ maxRetries: 9, backoff: fixed({ delayMs: 100 }), totalMs })).toEqual(expected)
  })

  it.each([
    [329, [0, 110, 220]],
    [330, [0, 110, 220, 330]],
  ])('counts what attempts take: with %i ms the last events are at %o', async (totalMs, expected) => {
    const times = await timesOf({ maxRetries: 9, backoff: fixed({ delayMs: 100 }), totalMs }, broken, 10)

    expect(times.slice(0, -1)).toEqual(expected)
  })

  it('reports what was missing', async () => {
    const events: RetryEvent[] = []
    const policy = retry({
      backoff: fixed({ delayMs: 100 }),
      totalMs: 99,
      onEvent: (event) => events.push(event),
    })

    await policy.run(() => Promise.reject(broken)).catch(() => undefined)

    const [event] = events
    expect(events).toHaveLength(1)
    expect(event).toMatchObject({
      type: 'RetryTimeExhausted',
      policy: 'retry',
      operation: 'retry',
      delayMs: 100,
    })
    expect(event).toHaveProperty('error', broken)
    expect(policy.timeExhausted).toBe(1)
  })

  it('takes nothing from the budget for a retry that it does not make', async () => {
    const taken: string[] = []
    const budget = { deposit: () => undefined, tryWithdraw: () => taken.push('one') > 0 }

    await timesOf({ maxRetries: 9, backoff: fixed({ delayMs: 100 }), totalMs: 100, budget })

    expect(taken).toEqual(['one'])
  })

  it.each([
    [99, [0, 0]],
    [100, [0, 100, 200, 200]],
    [undefined, [0, 100, 200, 200]],
  ])('asks how much time the call has left: %s ms', async (remaining, expected) => {
    const options = { backoff: fixed({ delayMs: 100 }), remainingMs: () => remaining }

    expect(await timesOf(options)).toEqual(expected)
  })

  it('holds the shorter of both times', async () => {
    const options = { backoff: fixed({ delayMs: 100 }), totalMs: 1_000, remainingMs: () => 99 }

    expect(await timesOf(options)).toEqual([0, 0])
  })
})

describe('retry() of what asks to come back later', () => {
  const hinted = (retryAfterMs: number): unknown => ({ retryAfterMs })
  const short = { maxRetries: 1, backoff: fixed({ delayMs: 100 }) }

  it.each([
    ['a wish above the backoff', 101, {}, 101],
    ['the backoff above a wish', 99, {}, 100],
    ['a wish of nothing', 0, {}, 100],
    ['the default maximum', 60_000, {}, 60_000],
    ['no more than the default maximum', 60_001, {}, 60_000],
    ['no more than the maximum', 501, { maxRetryAfterMs: 500 }, 500],
    ['the backoff above the maximum', 501, { maxRetryAfterMs: 50 }, 100],
    ['the backoff when it is turned off', 501, { honourRetryAfter: false }, 100],
  ])('waits %s', async (_, retryAfterMs, options, expected) => {
    const times = await timesOf({ ...short, ...options }, hinted(retryAfterMs))

    expect(times[1]).toBe(expected)
  })

  it('counts a date from the wall clock', async () => {
    const date = new Date(Date.UTC(2026, 0, 1, 0, 0, 5)).toUTCString()

    expect((await timesOf(short, { headers: { 'retry-after': date } }))[1]).toBe(5_000)
  })

  it('tells in the event what the wait is for', async () => {
    const events: RetryEvent[] = []
    const onEvent = (event: RetryEvent): void => void events.push(event)

    await timesOf({ ...short, onEvent }, hinted(200))

    expect(events[0]).toMatchObject({ type: 'RetryScheduled', delayMs: 200, because: 'retry-after' })
  })

  it('gives up at once when the wish is longer than the time that is left', async () => {
    expect(await timesOf({ ...short, totalMs: 150 }, hinted(151))).toEqual([0, 0])
    expect(await timesOf({ ...short, totalMs: 150 }, hinted(150))).toEqual([0, 150, 150])
  })

  it.each([
    [true, [0, 0], 'RetryDeclined'],
    [false, [0, 100, 100], 'RetryScheduled'],
  ])('with honourRetryAfter %s a gRPC pushback of -1 means %o', async (honourRetryAfter, expected, type) => {
    const events: RetryEvent[] = []
    const onEvent = (event: RetryEvent): void => void events.push(event)
    const pushback = { metadata: { get: () => ['-1'] } }

    expect(await timesOf({ ...short, honourRetryAfter, onEvent }, pushback)).toEqual(expected)
    expect(events[0]?.type).toBe(type)
  })
})

describe('retry() and a backoff of the application', () => {
  it.each([NaN, -5, -Infinity])('takes a wait of %d ms for none', async (delayMs) => {
    expect(await timesOf({ maxRetries: 1, backoff: { delayMs: () => delayMs } })).toEqual([0, 0, 0])
  })
})
