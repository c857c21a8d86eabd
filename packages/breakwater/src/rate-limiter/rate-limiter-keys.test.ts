import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { rateLimiter } from './rate-limiter.ts'
import type { RateLimitEvent } from './rate-limiter-events.ts'

const dayMs = 86_400_000
const algorithms = ['token-bucket', 'gcra', 'sliding-window'] as const

describe('rateLimiter() against the defects of its peers', () => {
  it.each(algorithms)('D8: one call in 30 days is one call in 30 days (%s)', async (algorithm) => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ algorithm, limit: 1, intervalMs: 30 * dayMs, clock })
    const first = limiter.tryAcquire()
    await clock.advance(1)
    const afterOneMs = limiter.tryAcquire()
    await clock.advance(30 * dayMs - 2)
    const early = limiter.tryAcquire()
    await clock.advance(1)

    expect([first, afterOneMs, early, limiter.tryAcquire()]).toEqual([true, false, false, true])
  })

  it.each(algorithms)('D8: a window of 60 days and many keys take no timers (%s)', (algorithm) => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ algorithm, limit: 3, intervalMs: 60 * dayMs, clock })

    const admitted = Array.from({ length: 1_000 }, (_, i) => limiter.tryAcquire(1, `key-${i}`))

    expect(admitted.every(Boolean)).toBe(true)
    expect(clock.pending()).toEqual([])
  })

  it.each(algorithms)('D8: a window of 1 ms limits, and is over after 1 ms (%s)', async (algorithm) => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ algorithm, limit: 1, intervalMs: 1, clock })
    const now = [limiter.tryAcquire(), limiter.tryAcquire()]
    await clock.advance(0.5)
    const half = limiter.tryAcquire()
    await clock.advance(0.5)

    expect([...now, half, limiter.tryAcquire()]).toEqual([true, false, false, true])
  })

  it('D8: 20 calls around the edge of a window: a limit of 10 a second admits 10, not 19', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ algorithm: 'sliding-window', limit: 10, intervalMs: 1_000, clock })
    await clock.advance(935)
    const before = Array.from({ length: 10 }, () => limiter.tryAcquire())
    await clock.advance(130)
    const after = Array.from({ length: 10 }, () => limiter.tryAcquire())

    expect([...before, ...after].filter(Boolean)).toHaveLength(10)
  })
})

describe('rateLimiter() with more keys than it keeps', () => {
  it('keeps n keys, refuses the n + 1st while all count, and says so once', async () => {
    const clock = new FakeClock()
    const events: RateLimitEvent[] = []
    const options = { limit: 2, intervalMs: 1_000, maxKeys: 3, name: 'api', clock }
    const limiter = rateLimiter({ ...options, onEvent: (event) => events.push(event) })
    const admitted = ['a', 'b', 'c', 'd', 'd', 'a'].map((key) => limiter.tryAcquire(1, key))

    const error = await limiter.run(() => 1, { key: 'e' }).catch((thrown: unknown) => thrown)

    expect(admitted).toEqual([true, true, true, false, false, true])
    expect(error).toMatchObject({ isOverflow: true, key: 'e', retryAfterMs: 500 })
    expect(limiter.stats().counters).toMatchObject({ overflowed: 3, forgotten: 0, rejected: 3 })
    expect(events).toEqual([{ type: 'RateLimitOverflowed', policy: 'api', maxKeys: 3, overflow: 'refuse' }])
  })

  it('has room again as soon as one key counts for nothing any more', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ limit: 1, intervalMs: 1_000, maxKeys: 2, clock })
    limiter.tryAcquire(1, 'a')
    await clock.advance(500)
    limiter.tryAcquire(1, 'b')
    await clock.advance(499)
    const early = limiter.tryAcquire(1, 'c')
    await clock.advance(1)

    expect([early, limiter.tryAcquire(1, 'c'), limiter.keys]).toEqual([false, true, 2])
  })

  it('finds room behind a key that is limited for long: the one that counts no more goes', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ limit: 5, intervalMs: 5_000, maxKeys: 2, clock })
    limiter.tryAcquire(5, 'heavy')
    limiter.tryAcquire(1, 'light')
    await clock.advance(1_000)

    expect(limiter.tryAcquire(1, 'new')).toBe(true)
    expect([limiter.peek('heavy').remaining, limiter.peek('light').remaining]).toEqual([1, 5])
    expect(limiter.stats().counters).toMatchObject({ overflowed: 0, forgotten: 0 })
  })

  it('each new key sweeps two out that count no more, long before the table is full', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ limit: 1, intervalMs: 1_000, clock })
    for (let i = 0; i < 10; i++) limiter.tryAcquire(1, `old-${i}`)
    await clock.advance(1_000)
    const sizes = [0, 1, 2, 3, 4].map((i) => {
      limiter.tryAcquire(1, `new-${i}`)
      return limiter.keys
    })

    expect(sizes).toEqual([9, 8, 7, 6, 5])
  })

  it("overflow 'forget' lets new keys in, and counts each limited key that it forgets", () => {
    const clock = new FakeClock()
    const events: RateLimitEvent[] = []
    const options = { limit: 1, maxKeys: 2, overflow: 'forget' as const, clock }
    const limiter = rateLimiter({ ...options, onEvent: (event) => events.push(event) })
    const admitted = ['a', 'b', 'c', 'd', 'd'].map((key) => limiter.tryAcquire(1, key))

    expect(admitted).toEqual([true, true, true, true, false])
    expect(limiter.stats().counters).toMatchObject({ forgotten: 2, overflowed: 0 })
    expect(events.map(({ type }) => type)).toEqual(['RateLimitOverflowed', 'RateLimitReached'])
  })

  it("overflow 'forget' does not forget a key for which calls wait", async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ limit: 1, maxKeys: 1, overflow: 'forget', queue: 1, clock })
    limiter.tryAcquire(1, 'a')
    const waiting = limiter.run(() => clock.now(), { key: 'a' })

    const other = limiter.tryAcquire(1, 'b')
    await clock.advance(1_000)

    expect([other, await waiting]).toEqual([false, 1_000])
  })

  it('never lets a key have more than its limit, whatever keys come, however few are kept', async () => {
    const steps = fc.array(
      fc.record({ key: fc.integer({ min: 0, max: 12 }), gap: fc.integer({ min: 0, max: 400 }) }),
      { minLength: 1, maxLength: 200 },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), steps, async (maxKeys, list) => {
        const clock = new FakeClock()
        const limiter = rateLimiter({
          ...{ algorithm: 'sliding-window', limit: 2, intervalMs: 1_000, maxKeys, clock },
        })
        const log: { key: number; at: number }[] = []
        const most: number[] = [0]
        const keys: number[] = [0]
        for (const { key, gap } of list) {
          await clock.advance(gap)
          const at = clock.now()
          if (limiter.tryAcquire(1, `${key}`)) log.push({ key, at })
          most.push(log.filter((entry) => entry.key === key && entry.at > at - 1_000).length)
          keys.push(limiter.keys)
        }
        expect(Math.max(...most)).toBeLessThanOrEqual(2)
        expect(Math.max(...keys)).toBeLessThanOrEqual(maxKeys)
      }),
      { numRuns: 30 },
    )
  })

  it('100,000 keys: no timers, no more kept than allowed, idle ones gone as new ones come', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ limit: 5, intervalMs: 1_000, maxKeys: 50_000, clock })
    for (let i = 0; i < 100_000; i++) limiter.tryAcquire(1, `first-${i}`)
    const { overflowed } = limiter.stats().counters
    const keptAtMost = limiter.keys
    await clock.advance(1_000)
    for (let i = 0; i < 50_000; i++) limiter.tryAcquire(1, `second-${i}`)

    expect([keptAtMost, overflowed]).toEqual([50_000, 50_000])
    expect(limiter.stats().counters).toMatchObject({ overflowed: 50_000 })
    expect(limiter.keys).toBe(50_000)
    expect(clock.pending()).toEqual([])
  })
})
