import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { rateLimiter } from './rate-limiter.ts'
import type { RateLimiter } from './rate-limiter-api.ts'
import { isRateLimitError, RateLimitError } from './rate-limiter-errors.ts'
import type { RateLimitEvent } from './rate-limiter-events.ts'
import type { RateLimiterOptions } from './rate-limiter-options.ts'

function scene(options: RateLimiterOptions): {
  clock: FakeClock
  limiter: RateLimiter
  events: RateLimitEvent[]
} {
  const clock = new FakeClock()
  const events: RateLimitEvent[] = []
  const limiter = rateLimiter({ clock, onEvent: (event) => events.push(event), ...options })
  return { clock, limiter, events }
}

const acquire = (limiter: RateLimiter, times: number): boolean[] =>
  Array.from({ length: times }, () => limiter.tryAcquire())

describe('rateLimiter()', () => {
  it.each([
    { algorithm: 'token-bucket' as const, admitted: [true, true, true, false] },
    { algorithm: 'sliding-window' as const, admitted: [true, true, true, false] },
    { algorithm: 'gcra' as const, admitted: [true, false, false, false] },
  ])('admits its burst at once and no more: $algorithm', ({ algorithm, admitted }) => {
    const { limiter } = scene({ algorithm, limit: 3, intervalMs: 900 })

    expect(acquire(limiter, 4)).toEqual(admitted)
  })

  it('gcra spaces calls evenly: the next is admitted interval / limit later, not before', async () => {
    const { clock, limiter } = scene({ algorithm: 'gcra', limit: 3, intervalMs: 900 })
    limiter.tryAcquire()

    await clock.advance(299)
    const early = limiter.tryAcquire()
    await clock.advance(1)

    expect([early, limiter.tryAcquire()]).toEqual([false, true])
  })

  it('run() refuses with a RateLimitError that says when to come back, and the call is admitted then', async () => {
    const { clock, limiter } = scene({ name: 'api', limit: 2, intervalMs: 1_000 })
    await limiter.run(() => 1, { key: 'a' })
    await limiter.run(() => 2, { key: 'a' })

    const error = await limiter.run(() => 3, { key: 'a' }).catch((thrown: unknown) => thrown)

    expect(error).toBeInstanceOf(RateLimitError)
    expect(isRateLimitError(error)).toBe(true)
    expect(error).toMatchObject({
      ...{ name: 'RateLimitError', code: 'RATE_LIMITED', policy: 'api', key: 'a', limit: 2 },
      ...{ intervalMs: 1_000, remaining: 0, retryAfterMs: 500, isOverflow: false },
      message: "Rate limit of 'api' is reached, 2 in 1000 ms: try again in 500 ms",
    })
    await clock.advance(500)
    expect(await limiter.run(() => 4, { key: 'a' })).toBe(4)
  })

  it('the rejection carries retryAfterMs and makes its error late', async () => {
    const { clock, limiter } = scene({ limit: 1, intervalMs: 60_000 })
    const line = pipeline({ policies: [limiter], clock })
    await line.run(() => 1)
    await clock.advance(20_000)

    const outcome = await line.tryRun(() => 2)

    expect(outcome).toMatchObject({ ok: false, rejection: { code: 'RATE_LIMITED', retryAfterMs: 40_000 } })
  })

  it('a call that costs more takes more: n − 1, n and n + 1 tokens', () => {
    const { limiter } = scene({ limit: 5, intervalMs: 1_000 })
    const left = [4, 1, 1].map((cost) => limiter.tryAcquire(cost))

    expect(left).toEqual([true, true, false])
    expect(limiter.peek().remaining).toBe(0)
  })

  it('a cost that can never be admitted is an error and takes nothing', () => {
    const { limiter } = scene({ limit: 5, intervalMs: 1_000 })

    expect(() => limiter.tryAcquire(6)).toThrow(RangeError)
    expect(() => limiter.tryAcquire(0)).toThrow(/must be an integer >= 1 and <= 5: current value is 0/)
    expect(() => limiter.tryAcquire(1.5)).toThrow(RangeError)
    expect(limiter.peek().remaining).toBe(5)
  })

  it('keys have limits of their own; keyOf and cost read the call', async () => {
    const { limiter } = scene({
      limit: 2,
      keyOf: ({ operation, args }) => `${operation}/${String(args[0])}`,
      cost: ({ args }) => Number(args[1] ?? 1),
    })
    const line = pipeline({ operation: 'get', policies: [limiter] })
    const call = (...args: unknown[]): Promise<boolean> => line.tryRun(() => 1, { args }).then(({ ok }) => ok)

    const admitted = await Promise.all([call('a', 2), call('a'), call('b'), call('b'), call('b')])

    expect(admitted).toEqual([true, false, true, true, false])
    expect([limiter.peek('get/a').remaining, limiter.peek('get/c').remaining]).toEqual([0, 2])
  })

  it('the call fails with what keyOf throws, and runs no work', async () => {
    const broken = new Error('no tenant')
    const { limiter } = scene({
      keyOf: () => {
        throw broken
      },
    })
    const ran: string[] = []

    await expect(limiter.run(() => ran.push('work'))).rejects.toBe(broken)
    expect(ran).toEqual([])
  })

  it('the call fails when its key is too long to be kept or its cost is out of range', async () => {
    const { limiter } = scene({ limit: 3, cost: () => 4 })

    await expect(limiter.run(() => 1)).rejects.toThrow(/cost must be an integer >= 1 and <= 3/)
    await expect(rateLimiter().run(() => 1, { key: 'x'.repeat(1_025) })).rejects.toThrow(/at most 1024/)
    expect(await rateLimiter().run(() => 1, { key: 'x'.repeat(1_024) })).toBe(1)
  })

  it('peek() takes nothing and keeps no key', () => {
    const { limiter } = scene({ limit: 2 })

    expect(limiter.peek('a')).toEqual({ limit: 2, remaining: 2, retryAfterMs: 0 })
    expect(limiter.keys).toBe(0)
  })

  it('reports the first refusal of a key since it was last admitted', async () => {
    const { clock, limiter, events } = scene({ limit: 1, intervalMs: 100 })
    acquire(limiter, 3)
    await clock.advance(100)
    acquire(limiter, 2)

    const reached = { type: 'RateLimitReached', policy: 'rate-limiter', key: '', limit: 1, retryAfterMs: 100 }
    expect(events).toEqual([reached, reached])
  })

  it('a listener that throws changes no verdict', () => {
    const { limiter } = scene({
      limit: 1,
      onEvent: () => {
        throw new Error('listener bug')
      },
    })

    expect(acquire(limiter, 3)).toEqual([true, false, false])
  })

  it('stats() counts what was admitted and refused, and how it stands', () => {
    const { limiter } = scene({ limit: 2, intervalMs: 1_000 })
    acquire(limiter, 5)

    expect(limiter.stats()).toEqual({
      counters: { admitted: 2, rejected: 3, waited: 0, overflowed: 0, forgotten: 0 },
      gauges: { keys: 1, queued: 0, limit: 2, intervalMs: 1_000, burst: 2 },
    })
  })
})
