import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { aimd } from './aimd.ts'
import type { ConcurrencyLimiter } from './concurrency-limiter-api.ts'
import type { ConcurrencyEvent } from './concurrency-limiter-events.ts'
import { concurrencyLimiter } from './concurrency-limiter.ts'
import type { ConcurrencyLimiterOptions } from './concurrency-limiter-options.ts'
import { gradient2 } from './gradient2.ts'
import type { LimitAlgorithm } from './limit-algorithm.ts'
import { vegas } from './vegas.ts'

const bounds = { initialLimit: 10, minLimit: 5, maxLimit: 20 }

function setUp(options: ConcurrencyLimiterOptions = {}): { clock: FakeClock; limiter: ConcurrencyLimiter } {
  const clock = new FakeClock()
  return { clock, limiter: concurrencyLimiter({ ...bounds, clock, ...options }) }
}

/** So many windows of calls that fill the limit and take no longer than ever. */
async function load(clock: FakeClock, limiter: ConcurrencyLimiter, windows: number): Promise<void> {
  for (let i = 0; i < windows; i++) {
    const permits = Array.from({ length: limiter.limit }, () => limiter.tryAcquire())
    await clock.advance(1_100)
    for (const permit of permits) permit?.succeed()
  }
}

describe('the bounds of a concurrency limiter that are set while it runs', () => {
  it('move a limit that is beyond them at once, and tell of it', () => {
    const events: ConcurrencyEvent[] = []
    const { limiter } = setUp({ name: 'search', onEvent: (event) => events.push(event) })

    limiter.maxLimit = 8
    limiter.minLimit = 8
    limiter.maxLimit = 30
    limiter.minLimit = 12

    expect([limiter.limit, limiter.minLimit, limiter.maxLimit]).toEqual([12, 12, 30])
    expect(events).toEqual([
      { type: 'LimitChanged', policy: 'search', from: 10, to: 8, active: 0 },
      { type: 'LimitChanged', policy: 'search', from: 8, to: 12, active: 0 },
    ])
  })

  it('let waiting calls in when they raise the limit, and stop no call when they lower it', async () => {
    const { clock, limiter } = setUp({ initialLimit: 5, queue: 5 })
    const calls = Array.from({ length: 7 }, () => limiter.run(() => clock.sleep(10)))
    const before = [limiter.active, limiter.queued]
    limiter.minLimit = 7
    const raised = [limiter.active, limiter.queued]
    limiter.minLimit = 1
    limiter.maxLimit = 2

    expect([before, raised, [limiter.limit, limiter.active]]).toEqual([
      [5, 2],
      [7, 0],
      [2, 7],
    ])
    await clock.advance(10)
    await Promise.all(calls)
    expect(
      [limiter.tryAcquire(), limiter.tryAcquire(), limiter.tryAcquire()].map(
        (permit) => permit !== undefined,
      ),
    ).toEqual([true, true, false])
  })

  it.each<[string, () => LimitAlgorithm]>([
    ['aimd', () => aimd()],
    ['vegas', () => vegas()],
    ['gradient2', () => gradient2()],
  ])('hold for %s from then on', async (_, algorithm) => {
    const { clock, limiter } = setUp({ algorithm: algorithm() })
    await load(clock, limiter, 40)
    const before = limiter.limit
    limiter.maxLimit = 40
    await load(clock, limiter, 200)
    const raised = limiter.limit
    limiter.minLimit = 1
    limiter.maxLimit = 3
    await load(clock, limiter, 5)

    expect([before, raised, limiter.limit]).toEqual([20, 40, 3])
  })

  it('hold for an algorithm that knows nothing of them', async () => {
    const { clock, limiter } = setUp({
      algorithm: { name: 'own', bounds, window: undefined, start: () => ({ update: () => 1_000 }) },
    })

    await limiter.run(() => clock.settle())
    const before = limiter.limit
    limiter.maxLimit = 15

    expect([before, limiter.limit]).toEqual([20, 15])
  })

  it.each<[string, LimitAlgorithm]>([
    ['aimd', aimd({ window: false })],
    ['vegas', vegas({ window: false })],
    ['gradient2', gradient2({ window: false })],
  ])('are where %s goes on from when they give way again', async (_, algorithm) => {
    const { clock, limiter } = setUp({ algorithm, minLimit: 1 })
    limiter.maxLimit = 3
    limiter.maxLimit = 40
    const call = limiter.run(() => clock.sleep(10))

    await clock.advance(10)
    await call

    expect(limiter.limit).toBe(3)
  })

  it.each([0, 21, 5.5, NaN, undefined])(
    'minLimit %s is refused between 1 and maxLimit, and changes nothing',
    (value) => {
      const { limiter } = setUp()

      expect(() => (limiter.minLimit = value as number)).toThrow(
        "Cannot create concurrency limiter as 'minLimit' must be an integer >= 1 and <= 20",
      )
      expect([limiter.minLimit, limiter.limit]).toEqual([5, 10])
    },
  )

  it.each([4, 1_000_001, 5.5, NaN, undefined])(
    'maxLimit %s is refused between minLimit and a million, and changes nothing',
    (value) => {
      const { limiter } = setUp()

      expect(() => (limiter.maxLimit = value as number)).toThrow(
        "'maxLimit' must be an integer >= 5 and <= 1000000",
      )
      expect([limiter.maxLimit, limiter.limit]).toEqual([20, 10])
    },
  )
})
