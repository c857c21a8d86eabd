import { describe, expect, it } from 'vitest'
import { ExponentialAverage } from './exponential-average.ts'
import { gradient2, type Gradient2Options } from './gradient2.ts'
import type { LimitBounds, LimitEstimator } from './limit-algorithm.ts'

const chance = { next: () => 0.5 }

const start = (own: Partial<LimitBounds> = {}, options?: Gradient2Options): LimitEstimator =>
  gradient2(options).start({ initialLimit: 20, minLimit: 20, maxLimit: 200, ...own }, chance)

const feed = (limit: LimitEstimator, times: number, rttMs: number): number => {
  const limits = Array.from({ length: times }, () => limit.update({ rttMs, inFlight: 1_000, isDrop: false }))
  return limits.at(-1) ?? 0
}

describe('ExponentialAverage on the vector of Netflix concurrency-limits, ExpAvgMeasurementTest', () => {
  it('testWarmup: 10, 10.5, 11 … 14.5, then 16.2', () => {
    const average = new ExponentialAverage(100, 10)

    const warmup = Array.from({ length: 10 }, (_, i) => average.add(i + 10))

    expect(warmup).toEqual([10, 10.5, 11, 11.5, 12, 12.5, 13, 13.5, 14, 14.5])
    // The vector says 16.2 within a tenth; it is 14.5 × 99 / 101 + 100 × 2 / 101.
    expect(average.add(100)).toBeCloseTo(16.193, 3)
  })
})

describe('gradient2() by the formula of Netflix concurrency-limits, Gradient2Limit', () => {
  it('grows by queueSize × smoothing while the time is even: 20, 20.8, 21.6', () => {
    const limit = start()

    expect([feed(limit, 1, 10), feed(limit, 1, 10)]).toEqual([20, 21])
  })

  it('halves at most, smoothed: at ten times the time 100 becomes 100 × 0.8 + (50 + 4) × 0.2', () => {
    const limit = start({ initialLimit: 100 }, { longWindow: 1_000_000 })
    // In flight too low to move the limit while the long average settles.
    for (let i = 0; i < 10; i++) limit.update({ rttMs: 10, inFlight: 1, isDrop: false })

    expect(feed(limit, 1, 100)).toBe(90)
  })

  it.each([
    { rttMs: 14.9, limit: 100 },
    { rttMs: 15, limit: 100 },
    { rttMs: 15.1, limit: 99 },
    { rttMs: 18, limit: 96 },
  ])('lets a window be 1.5 times as slow as the long average: $rttMs ms on 10 ms', ({ rttMs, limit }) => {
    const estimator = start({ initialLimit: 100 }, { longWindow: 1_000_000, queueSize: 0 })
    for (let i = 0; i < 10; i++) estimator.update({ rttMs: 10, inFlight: 1, isDrop: false })

    // 100 × 0.8 + 100 × (1.5 × 10 / 18) × 0.2 = 96.67
    expect(feed(estimator, 1, rttMs)).toBe(limit)
  })

  it.each([
    { inFlight: 49, limit: 100 },
    { inFlight: 50, limit: 110 },
    { inFlight: 51, limit: 110 },
  ])('does not grow while less than half is used: $inFlight of 100', ({ inFlight, limit }) => {
    const estimator = start({ initialLimit: 100 }, { smoothing: 1, queueSize: 10 })

    expect(estimator.update({ rttMs: 10, inFlight, isDrop: false })).toBe(limit)
  })

  it('allows a queue of a fixed size, or one by the limit', () => {
    const queueSize = (limit: number): number => limit / 10
    const allOfIt = { smoothing: 1, longWindow: 1_000_000 }

    expect(feed(start({ initialLimit: 100 }, { ...allOfIt, queueSize: 5 }), 1, 10)).toBe(105)
    expect(feed(start({ initialLimit: 100 }, { ...allOfIt, queueSize }), 1, 10)).toBe(110)
  })

  it('a function of the user that gives no number changes nothing', () => {
    const sizes = [NaN, 10]
    const limit = start({ initialLimit: 100 }, { smoothing: 1, queueSize: () => sizes.shift() ?? 0 })

    expect([feed(limit, 1, 10), feed(limit, 1, 10)]).toEqual([100, 110])
  })

  it('takes no sample without a time', () => {
    const limit = start({ initialLimit: 100 }, { smoothing: 1, queueSize: 10 })

    expect([feed(limit, 1, 0), feed(limit, 1, 10)]).toEqual([100, 110])
  })

  it.each([
    { rttMs: 10, why: 'twice: stays at 20 ms', limit: 100 },
    { rttMs: 9.9, why: 'more than twice: shrinks by a twentieth to 18.95 ms', limit: 97 },
  ])('its long average that is $why', ({ rttMs, limit }) => {
    const estimator = start(
      { initialLimit: 100 },
      { rttTolerance: 1, smoothing: 1, queueSize: 0, longWindow: 3 },
    )
    // An average over 3 takes a half of each value: of 30 and 10 it makes 20, of 20 and 20 it makes 20.
    for (let i = 0; i < 10; i++) estimator.update({ rttMs: 30, inFlight: 1, isDrop: false })
    estimator.update({ rttMs, inFlight: 1, isDrop: false })

    expect(feed(estimator, 1, 20)).toBe(limit)
  })

  it('stays in its bounds', () => {
    expect(feed(start({ maxLimit: 30 }), 100, 10)).toBe(30)
    expect(feed(start({ initialLimit: 25 }), 9, 10)).toBeGreaterThan(25)
  })

  it('helps its long average down after an overload: it recovers within windows, not within 600', () => {
    const limit = start({ initialLimit: 40, minLimit: 10 })
    feed(limit, 10, 1_000)
    const before = feed(limit, 60, 10)

    // With an average that stood at 1,000 ms, a time of 40 ms would look fast; it has come down to about 20.
    expect(feed(limit, 30, 100)).toBeLessThan(before)
  })

  it.each([{ rttTolerance: 0.9 }, { smoothing: 0 }, { longWindow: 0 }, { queueSize: -1 }])(
    'does not take %j',
    (options) => {
      expect(() => gradient2(options)).toThrow(RangeError)
    },
  )
})
