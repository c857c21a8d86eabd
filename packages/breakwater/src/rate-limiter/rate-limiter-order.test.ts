import { describe, expect, it } from 'vitest'
import { ResilienceError } from '../faults/resilience-error.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { rateLimiter } from './rate-limiter.ts'
import { isRateLimitError } from './rate-limiter-errors.ts'
import type { RateLimitEvent } from './rate-limiter-events.ts'
import type { RateLimiterOptions } from './rate-limiter-options.ts'

function scene(options: RateLimiterOptions) {
  const clock = new FakeClock()
  const events: RateLimitEvent[] = []
  const onEvent = (event: RateLimitEvent): void => void events.push(event)
  return { clock, events, limiter: rateLimiter({ limit: 1, intervalMs: 1_000, clock, onEvent, ...options }) }
}

describe('rateLimiter() that forgets keys', () => {
  it('forgets the one used longest ago, not the one that came first', () => {
    const { limiter } = scene({ limit: 3, maxKeys: 3, overflow: 'forget' })
    for (const key of ['a', 'b', 'c', 'a', 'c']) limiter.tryAcquire(1, key)

    limiter.tryAcquire(1, 'd')

    expect(['a', 'b', 'c', 'd'].map((key) => limiter.peek(key).remaining)).toEqual([1, 3, 1, 2])
  })

  it('does not count a look as a use', () => {
    const { limiter } = scene({ maxKeys: 2, overflow: 'forget' })
    limiter.tryAcquire(1, 'a')
    limiter.tryAcquire(1, 'b')

    limiter.peek('a')
    limiter.tryAcquire(1, 'c')

    expect(['a', 'b', 'c'].map((key) => limiter.peek(key).remaining)).toEqual([1, 0, 0])
  })

  it.each([
    [7, { forgotten: 1, overflowed: 0 }],
    [8, { forgotten: 0, overflowed: 1 }],
  ])('looks for one that nobody waits for among the eight used longest ago: %i wait', (waiting, counts) => {
    const { limiter } = scene({ maxKeys: 9, overflow: 'forget', queue: 100 })
    const keys = Array.from({ length: 9 }, (_, i) => `${i}`)
    for (const key of keys) limiter.tryAcquire(1, key)
    for (const key of keys.slice(0, waiting)) void limiter.run(() => 1, { key }).catch(() => undefined)
    for (const key of keys.slice(waiting)) limiter.tryAcquire(1, key)

    limiter.tryAcquire(1, 'new')

    expect(limiter.stats().counters).toMatchObject(counts)
  })

  it('says so once, and again after there was room', async () => {
    const { clock, events, limiter } = scene({ maxKeys: 1, overflow: 'forget' })
    for (const key of ['a', 'b', 'c']) limiter.tryAcquire(1, key)
    await clock.advance(1_000)
    for (const key of ['d', 'e']) limiter.tryAcquire(1, key)

    const overflowed = { type: 'RateLimitOverflowed', policy: 'rate-limiter', maxKeys: 1, overflow: 'forget' }
    expect(events).toEqual([overflowed, overflowed])
    expect(limiter.stats().counters).toMatchObject({ forgotten: 3, overflowed: 0 })
  })
})

describe('rateLimiter() that refuses further keys', () => {
  it('says when there is room: as soon as the key used longest ago is full again', async () => {
    const { clock, limiter } = scene({ name: 'api', limit: 4, maxKeys: 1 })
    limiter.tryAcquire(3, 'a')
    await clock.advance(100)

    await expect(limiter.run(() => 1, { key: 'b' })).rejects.toMatchObject({
      message: "Rate limiter 'api' has no room for another key: try again in 650 ms",
      ...{ policy: 'api', key: 'b', limit: 4, intervalMs: 1_000, remaining: 0, retryAfterMs: 650 },
    })
    expect(limiter.rejected).toBe(1)
  })

  it.each([
    [7, true],
    [8, false],
  ])(
    'finds a key that counts no more among the eight used longest ago: behind %i others %s',
    async (busy, expected) => {
      const { clock, limiter } = scene({ limit: 10, intervalMs: 10_000, maxKeys: busy + 1 })
      for (let i = 0; i < busy; i++) limiter.tryAcquire(10, `busy ${i}`)
      limiter.tryAcquire(1, 'light')
      await clock.advance(1_000)

      expect(limiter.tryAcquire(1, 'new')).toBe(expected)
      expect(limiter.keys).toBe(busy + 1)
    },
  )

  it('says so again after there was room', async () => {
    const { clock, events, limiter } = scene({ maxKeys: 1 })
    for (const key of ['a', 'b', 'b']) limiter.tryAcquire(1, key)
    await clock.advance(1_000)
    for (const key of ['c', 'd']) limiter.tryAcquire(1, key)

    expect(events.map(({ type }) => type)).toEqual(['RateLimitOverflowed', 'RateLimitOverflowed'])
  })
})

describe('rateLimiter() on looking', () => {
  it('its errors are known by their code, of whatever copy of the library; others are not', async () => {
    const { limiter } = scene({})
    limiter.tryAcquire()
    const error: unknown = await limiter.run(() => 1).catch((thrown: unknown) => thrown)
    const others = [new ResilienceError('other', { code: 'OTHER' }), { code: 'RATE_LIMITED' }, undefined]

    expect([error, ...others].map(isRateLimitError)).toEqual([true, false, false, false])
  })

  it('refuses settings of another kind by name', () => {
    const { limiter } = scene({ limit: 3 })
    const window = rateLimiter({ algorithm: 'sliding-window' })

    expect(() => (limiter.limit = 0)).toThrow("Cannot create rate limiter as 'limit' must be")
    expect(() => (limiter.burst = 0)).toThrow("Cannot create rate limiter as 'burst' must be")
    expect(() => (rateLimiter({ cost: 2 }).limit = 1)).toThrow(
      "Cannot create rate limiter as 'limit' must be",
    )
    expect(() => (window.burst = 5)).toThrow("Cannot set 'burst' of rate limiter as the algorithm")
  })

  it('has as many left as a call may take, whatever the fractions', () => {
    const { limiter } = scene({ limit: 7, intervalMs: 10 })
    limiter.tryAcquire(3)

    expect([limiter.peek().remaining, limiter.tryAcquire(5), limiter.tryAcquire(4)]).toEqual([4, false, true])
  })

  it('peek() says when a call of the usual cost would be admitted, behind those who wait', async () => {
    const { clock, limiter } = scene({ limit: 4, cost: 2, queue: 5 })
    limiter.tryAcquire()
    const free = limiter.peek()
    limiter.tryAcquire()
    const full = limiter.peek()
    const waiting = [limiter.run(() => 1), limiter.run(() => 1)]
    const behind = limiter.peek()
    await clock.advance(1_000)
    await Promise.all(waiting)

    expect([free, full, behind]).toEqual([
      { limit: 4, remaining: 2, retryAfterMs: 0 },
      { limit: 4, remaining: 0, retryAfterMs: 500 },
      { limit: 4, remaining: 0, retryAfterMs: 1_500 },
    ])
    expect(limiter.stats()).toEqual({
      counters: { admitted: 4, rejected: 0, waited: 2, overflowed: 0, forgotten: 0 },
      gauges: { keys: 1, queued: 0, limit: 4, intervalMs: 1_000, burst: 4 },
    })
  })

  it('on() tells until it is told to stop', () => {
    const { events, limiter } = scene({})
    const seen: string[] = []
    const stop = limiter.on(({ type }) => seen.push(type))
    limiter.tryAcquire()
    limiter.tryAcquire()
    stop()
    limiter.tryAcquire(1, 'b')
    limiter.tryAcquire(1, 'b')

    expect([seen, events.length]).toEqual([['RateLimitReached'], 2])
  })

  it.each([
    [7, 'a number'],
    [null, 'a object'],
  ])('refuses a key that is %o', async (key, kind) => {
    const { limiter } = scene({ keyOf: () => key as unknown as string })
    const line = pipeline({ policies: [limiter] })

    await expect(line.run(() => 1)).rejects.toThrow(
      `Cannot limit a call as its key must be a string: current value is ${kind}`,
    )
  })

  it('refuses a key that is too long with its length', () => {
    expect(() => scene({}).limiter.tryAcquire(1, 'x'.repeat(1_025))).toThrow(
      'Cannot limit a call as its key must have at most 1024 characters: it has 1025',
    )
  })
})
