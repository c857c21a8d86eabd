import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptyLatency,
  latencyBucketMiddleMs,
  latencyBucketOf,
  latencyCount,
  latencyQuantile,
  mergeLatency,
} from '../protocol/index.ts'
import { LatencySketch } from './latency-sketch.ts'

function sketchOf(durations: readonly number[]): LatencySketch {
  const sketch = new LatencySketch()
  for (const duration of durations) sketch.record(duration)
  return sketch
}

describe('LatencySketch', () => {
  it('drain() gives what was recorded once, and nothing the second time', () => {
    const sketch = sketchOf([1, 1, 250])

    const first = sketch.drain()
    const second = sketch.drain()

    expect(latencyCount(first)).toBe(3)
    expect(first.sumMs).toBe(252)
    expect(first.maxMs).toBe(250)
    expect(second).toEqual({ sumMs: 0, maxMs: 0, buckets: [] })
  })

  it('drain() gives buckets that were counted in, lowest first, and not those between', () => {
    const facts = sketchOf([1_000, 1, 1_000]).drain()

    expect(facts.buckets).toEqual([latencyBucketOf(1), 1, latencyBucketOf(1_000), 2])
  })

  it('drain() of a sketch in which nothing was recorded is empty', () => {
    expect(new LatencySketch().drain()).toEqual({ sumMs: 0, maxMs: 0, buckets: [] })
  })

  it('record() counts what is no duration as 0', () => {
    const facts = sketchOf([-1, Number.NaN, 0]).drain()

    expect(facts).toEqual({ sumMs: 0, maxMs: 0, buckets: [0, 3] })
  })

  it('record() counts a duration beyond the last bucket in the last bucket', () => {
    const facts = sketchOf([1e12, Infinity]).drain()

    expect(facts.buckets).toEqual([895, 2])
  })

  it('latencyQuantile() is at most 1.6 % off the true quantile of any sample', () => {
    const durations = fc.array(fc.double({ min: 0.05, max: 4_000_000, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    })
    fc.assert(
      fc.property(durations, fc.constantFrom(0.5, 0.95, 0.99, 1), (sample, q) => {
        const sorted = [...sample].sort((a, b) => a - b)
        const exact = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0

        const estimate = latencyQuantile(sketchOf(sample).drain(), q) ?? Number.NaN

        expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(exact * 0.016 + 0.001)
      }),
    )
  })

  it('mergeLatency() of two parts equals the whole', () => {
    const samples = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 50 })
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        const merged = mergeLatency(sketchOf(a).drain(), sketchOf(b).drain())
        const whole = sketchOf([...a, ...b]).drain()

        expect(merged.buckets).toEqual(whole.buckets)
        expect(merged.maxMs).toBe(whole.maxMs)
        expect(merged.sumMs).toBeCloseTo(whole.sumMs, 3)
      }),
    )
  })

  it('latencyQuantile() of no sample is undefined: a gap, not a zero', () => {
    expect(latencyQuantile(emptyLatency, 0.99)).toBeUndefined()
  })

  it('latencyBucketOf() of the middle of a bucket is that bucket, for the first, an inner and the last', () => {
    const roundTrip = (bucket: number): number => latencyBucketOf(latencyBucketMiddleMs(bucket))

    expect(roundTrip(31)).toBe(31)
    expect(roundTrip(500)).toBe(500)
    expect(roundTrip(895)).toBe(895)
  })
})
