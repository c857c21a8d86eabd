import { describe, expect, it } from 'vitest'
import type { LimitEstimator } from './limit-algorithm.ts'
import { log10Root, vegas } from './vegas.ts'

const chance = { next: () => 0.5 }

/** A sample as in the tests of Netflix: milliseconds and calls in flight. */
const feed = (limit: LimitEstimator, rttMs: number, inFlight: number): number =>
  limit.update({ rttMs, inFlight, isDrop: false })

/** As `VegasLimitTest.create`. */
const create = (): LimitEstimator =>
  vegas({ alpha: 3, beta: 6, smoothing: 1 }).start({ initialLimit: 10, minLimit: 1, maxLimit: 20 }, chance)

const halving = { decrease: (limit: number): number => limit / 2 }
const upTo200 = { initialLimit: 100, minLimit: 1, maxLimit: 200 }

describe('vegas() on the vectors of Netflix concurrency-limits, VegasLimitTest', () => {
  it('largeLimitIncrease: 10000, 10000, 10024', () => {
    const limit = vegas().start({ initialLimit: 10_000, minLimit: 1, maxLimit: 20_000 }, chance)

    expect([feed(limit, 10_000, 5_000), feed(limit, 10_000, 6_000)]).toEqual([10_000, 10_024])
  })

  it('increaseLimit: 10, 16', () => {
    const limit = create()

    expect([feed(limit, 10, 10), feed(limit, 10, 11)]).toEqual([10, 16])
  })

  it('decreaseLimit: 10, 9', () => {
    const limit = create()

    expect([feed(limit, 10, 10), feed(limit, 50, 11)]).toEqual([10, 9])
  })

  it('noChangeIfWithinThresholds: 10, 10', () => {
    const limit = create()

    expect([feed(limit, 10, 10), feed(limit, 14, 14)]).toEqual([10, 10])
  })

  it('decreaseSmoothing: 100, 75, 56', () => {
    const limit = vegas({ ...halving, smoothing: 0.5 }).start(upTo200, chance)

    expect([feed(limit, 10, 100), feed(limit, 20, 100), feed(limit, 20, 100)]).toEqual([100, 75, 56])
  })

  it('decreaseWithoutSmoothing: 100, 50, 25', () => {
    const limit = vegas(halving).start(upTo200, chance)

    expect([feed(limit, 10, 100), feed(limit, 20, 100), feed(limit, 20, 100)]).toEqual([100, 50, 25])
  })
})

describe('log10Root() on the vectors of Netflix concurrency-limits, Log10RootIntFunctionTest', () => {
  it('test0Index, testInRange, testOutofLookupRange', () => {
    expect([0, 100, 10_000].map(log10Root)).toEqual([1, 2, 4])
  })

  it('steps up at each power of ten', () => {
    expect([9, 10, 99, 100, 999, 1_000, 1_001].map(log10Root)).toEqual([1, 1, 1, 2, 2, 3, 3])
  })
})

describe('vegas()', () => {
  it.each([
    { rttMs: 10, limit: 16, why: 'no queue: up by beta' },
    { rttMs: 11, limit: 16, why: 'a queue of 1, the threshold: up by beta' },
    { rttMs: 12.5, limit: 11, why: 'a queue of 2, below alpha: up by a step' },
    { rttMs: 14.2, limit: 10, why: 'a queue of 3, alpha: stays' },
    { rttMs: 24.9, limit: 10, why: 'a queue of 6, beta: stays' },
    { rttMs: 26, limit: 9, why: 'a queue of 7, above beta: down by a step' },
  ])('$why', ({ rttMs, limit }) => {
    const estimator = create()
    feed(estimator, 10, 10)

    expect(feed(estimator, rttMs, 10)).toBe(limit)
  })

  it.each([
    { inFlight: 4, limit: 10 },
    { inFlight: 5, limit: 16 },
    { inFlight: 6, limit: 16 },
  ])('does not grow while less than half is used: $inFlight of 10', ({ inFlight, limit }) => {
    const estimator = create()
    feed(estimator, 10, 10)

    expect(feed(estimator, 10, inFlight)).toBe(limit)
  })

  it('a drop shrinks it, also when it is idle, also without a time', () => {
    const estimator = create()
    feed(estimator, 10, 10)

    expect(estimator.update({ rttMs: 20, inFlight: 1, isDrop: true })).toBe(9)
    expect(estimator.update({ rttMs: 0, inFlight: 1, isDrop: true })).toBe(8)
  })

  it('never gets below its minimum nor above its maximum', () => {
    const estimator = create()
    const drops = Array.from({ length: 20 }, () => estimator.update({ rttMs: 0, inFlight: 9, isDrop: true }))
    const grown = Array.from({ length: 20 }, () => feed(estimator, 10, 20))

    expect([drops.at(-1), grown.at(-1)]).toEqual([1, 20])
  })

  it('measures the shortest time anew after probeMultiplier × limit × jitter samples, not before', () => {
    const estimator = vegas({ alpha: 3, beta: 6, probeMultiplier: 1 }).start(
      { initialLimit: 10, minLimit: 1, maxLimit: 10 },
      { next: () => 0 },
    )
    feed(estimator, 10, 10)
    const limits = Array.from({ length: 6 }, () => feed(estimator, 100, 10))

    // The fourth sample of all meets a limit of 8, and 0.5 × 1 × 8 = 4: 100 ms is the new baseline, without a queue.
    expect(limits).toEqual([9, 8, 8, 10, 10, 10])
  })

  it.each([
    { rttMs: 10.2, limit: 112, why: 'a queue of 2, log₁₀: up by beta, 12' },
    { rttMs: 10.3, limit: 102, why: 'a queue of 3: up by a step, 2' },
    { rttMs: 10.52, limit: 102, why: 'a queue of 5: up by a step' },
    { rttMs: 10.6, limit: 100, why: 'a queue of 6, alpha: stays' },
    { rttMs: 11.3, limit: 100, why: 'a queue of 12, beta: stays' },
    { rttMs: 11.4, limit: 98, why: 'a queue of 13: down by a step' },
  ])('by default, at a limit of 100: $why', ({ rttMs, limit }) => {
    const estimator = vegas().start(upTo200, chance)
    feed(estimator, 10, 100)

    expect(feed(estimator, rttMs, 100)).toBe(limit)
  })

  it('a shorter time is the new shortest one, and moves nothing', () => {
    const estimator = create()
    feed(estimator, 20, 10)

    expect([feed(estimator, 10, 10), feed(estimator, 12.5, 10)]).toEqual([10, 11])
  })

  it('a sample without a time, that is no drop, moves nothing', () => {
    const estimator = create()
    feed(estimator, 10, 10)

    expect(feed(estimator, 0, 10)).toBe(10)
  })

  it.each([
    { drawn: 0, grownAt: [6, 14] },
    { drawn: 0.5, grownAt: [9, 21] },
    { drawn: 0.999, grownAt: [11, 27] },
  ])('probes after 10, then 16 samples times a jitter of half and half of chance: $drawn', (row) => {
    const options = { beta: 6, alpha: 3, probeMultiplier: 1, decrease: (limit: number): number => limit }
    const estimator = vegas(options).start(
      { initialLimit: 10, minLimit: 10, maxLimit: 22 },
      { next: () => row.drawn },
    )
    let rttMs = 10
    const grownAt: number[] = []
    for (let sample = 1, limit = 10; sample <= 30; sample++) {
      // A time ten times the shortest is a queue, until it is measured as the shortest one itself.
      const next = feed(estimator, sample === 1 ? 1 : rttMs, 100)
      if (next > limit) grownAt.push(sample)
      if (next > limit) rttMs *= 10
      limit = next
    }

    expect(grownAt).toEqual(row.grownAt)
  })

  it('a function of the user that gives no number changes nothing', () => {
    const estimator = vegas({ decrease: () => NaN }).start(upTo200, chance)
    feed(estimator, 10, 100)

    expect([feed(estimator, 100, 100), feed(estimator, 10, 100)]).toEqual([100, 112])
  })

  it.each([{ smoothing: 0 }, { smoothing: 1.1 }, { probeMultiplier: 0 }, { alpha: -1 }])(
    'does not take %j',
    (options) => {
      expect(() => vegas(options)).toThrow(RangeError)
    },
  )
})
