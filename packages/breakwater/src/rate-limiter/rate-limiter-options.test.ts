import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { rateLimiter } from './rate-limiter.ts'
import type { RateLimiterOptions } from './rate-limiter-options.ts'

const dayMs = 86_400_000

describe('rateLimiter() options', () => {
  const amount = 'must be an integer >= 1 and <= 1000000000'
  const interval = "'intervalMs' must be an integer >= 1 and <= 31622400000"
  const keys = "'maxKeys' must be an integer >= 1 and <= 10000000"
  const queue = "'queue' must be an integer >= 0 and <= 1000000"
  const wait = "'maxWaitMs' must be a number >= 1 and <= 86400000"

  it.each([
    [{ limit: 0 }, `'limit' ${amount}: current value is 0`],
    [{ limit: 1e9 + 1 }, `'limit' ${amount}: current value is 1000000001`],
    [{ limit: 1.5 }, `'limit' ${amount}: current value is 1.5`],
    [{ burst: 0 }, `'burst' ${amount}: current value is 0`],
    [{ intervalMs: 0 }, `${interval}: current value is 0`],
    [{ intervalMs: 0.5 }, `${interval}: current value is 0.5`],
    [{ intervalMs: 366 * dayMs + 1 }, `${interval}: current value is 31622400001`],
    [{ maxKeys: 0 }, `${keys}: current value is 0`],
    [{ maxKeys: 10_000_001 }, `${keys}: current value is 10000001`],
    [{ maxKeys: 1.5 }, `${keys}: current value is 1.5`],
    [{ queue: -1 }, `${queue}: current value is -1`],
    [{ queue: 1_000_001 }, `${queue}: current value is 1000001`],
    [{ queue: 0.5 }, `${queue}: current value is 0.5`],
    [{ maxWaitMs: 0.9 }, `${wait}: current value is 0.9`],
    [{ maxWaitMs: dayMs + 1 }, `${wait}: current value is 86400001`],
    [{ cost: 0 }, "'cost' must be an integer >= 1 and <= 100: current value is 0"],
    [{ cost: 1.5 }, "'cost' must be an integer >= 1 and <= 100: current value is 1.5"],
    [{ limit: 3, cost: 4 }, "'cost' must be an integer >= 1 and <= 3: current value is 4"],
    [{ algorithm: 'gcra', cost: 2 }, "'cost' must be an integer >= 1 and <= 1: current value is 2"],
    [{ keyOf: 'id' }, "'keyOf' must be a function: current value is 'id'"],
    [{ onEvent: 'log' }, "'onEvent' must be a function: current value is 'log'"],
    [{ clock: {} }, "'clock.now' must be a function: current value is undefined"],
    [{ clock: { now: () => 0 } }, "'clock.setTimer' must be a function: current value is undefined"],
    [
      { algorithm: 'leaky' },
      "'algorithm' must be one of token-bucket, gcra, sliding-window: current value is leaky",
    ],
    [{ overflow: 'ignore' }, "'overflow' must be one of refuse, forget: current value is ignore"],
    [
      { algorithm: 'sliding-window', burst: 2 },
      "'burst' and the algorithm 'sliding-window' exclude each other",
    ],
    [{ limits: 3 }, "'limits' is not an option of it: the options are algorithm, limit, intervalMs"],
  ])('%o is refused by name and value', (options, message) => {
    expect(() => rateLimiter(options as RateLimiterOptions)).toThrow(
      `Cannot create rate limiter as ${message}`,
    )
  })

  it.each([
    { limit: 1, intervalMs: 1, burst: 1, cost: 1, maxKeys: 1, queue: 0, maxWaitMs: 1 },
    {
      ...{ limit: 1e9, intervalMs: 366 * dayMs, burst: 1e9, cost: 1e9 },
      ...{ maxKeys: 10_000_000, queue: 1_000_000, maxWaitMs: dayMs },
    },
  ])('takes the ends of what is allowed: %o', (options) => {
    const { limit, intervalMs, burst } = rateLimiter(options)

    expect({ limit, intervalMs, burst }).toMatchObject({ limit, intervalMs, burst })
  })

  it('has a hundred a second in a bucket, and is called after its kind, by default', () => {
    const { kind, name, limit, intervalMs, burst } = rateLimiter()

    expect({ kind, name, limit, intervalMs, burst }).toEqual({
      ...{ kind: 'rate-limiter', name: 'rate-limiter', limit: 100, intervalMs: 1_000, burst: 100 },
    })
  })

  it('leaves what is given as undefined to its default', () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ limit: undefined, burst: undefined, cost: undefined, clock } as object)

    expect([limiter.burst, limiter.tryAcquire(), limiter.peek().remaining]).toEqual([100, true, 99])
  })

  it('by default lets nobody wait', async () => {
    const limiter = rateLimiter({ limit: 1, clock: new FakeClock() })
    limiter.tryAcquire()

    await expect(limiter.run(() => 1)).rejects.toMatchObject({ isOverflow: false, retryAfterMs: 1_000 })
  })

  it.each([
    [9_999, 'refused'],
    [10_000, 10_000],
  ])(
    'by default lets a call wait for 10 s: with %o ms as the longest a call of 10 s is %s',
    async (ms, expected) => {
      const clock = new FakeClock()
      const maxWait = ms === 10_000 ? {} : { maxWaitMs: ms }
      const limiter = rateLimiter({ limit: 1, intervalMs: 10_000, queue: 1, ...maxWait, clock })
      limiter.tryAcquire()
      const call = limiter.run(() => clock.now()).catch(() => 'refused')
      await clock.advance(10_000)

      expect(await call).toBe(expected)
    },
  )

  it('by default lets no call wait for longer than 10 s', async () => {
    const clock = new FakeClock()
    const limiter = rateLimiter({ limit: 1, intervalMs: 10_001, queue: 1, clock })
    limiter.tryAcquire()

    await expect(limiter.run(() => 1)).rejects.toMatchObject({ retryAfterMs: 10_001 })
  })
})
