import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LatencySketch } from '../../metrics/latency-sketch.ts'
import { emptyLatency, type LatencyFacts } from '../../protocol/latency-facts.ts'
import { histogramPoints } from './latency-histogram.ts'
import { prometheusDefaults } from './prometheus-options.ts'

function latencyOf(durationsMs: readonly number[]): LatencyFacts {
  const sketch = new LatencySketch()
  for (const duration of durationsMs) sketch.record(duration)
  return sketch.drain()
}

function counts(durationsMs: readonly number[], bounds: readonly number[]): Record<string, number> {
  const points = histogramPoints(latencyOf(durationsMs), bounds)
  return Object.fromEntries(points.map(({ suffix, le, value }) => [le ?? suffix ?? '', value]))
}

function within(durationMs: number, bound: number): number | undefined {
  return histogramPoints(latencyOf([durationMs]), [bound])[0]?.value
}

describe('histogramPoints()', () => {
  it('counts what is at a bound as within it and what is 4 % above as beyond, at each default bound', () => {
    const bounds = prometheusDefaults.latencyBoundsSeconds
    const at = bounds.map((bound) => within(bound * 1_000, bound))
    const above = bounds.map((bound) => within(bound * 1_040, bound))

    expect(at).toEqual(bounds.map(() => 1))
    expect(above).toEqual(bounds.map(() => 0))
  })

  it('adds up from bound to bound, and has a bucket for all', () => {
    expect(counts([1, 6, 6, 5_000, 20_000], [0.005, 0.01, 10])).toEqual({
      '0.005': 1,
      '0.01': 3,
      '10.0': 4,
      '+Inf': 5,
      _sum: 25.013,
      _count: 5,
    })
  })

  it('of no call at all is zeros', () => {
    expect(histogramPoints(emptyLatency, [1]).map(({ value }) => value)).toEqual([0, 0, 0, 0])
  })

  it('never counts less within a bound than took that long at most, and never what took 3.2 % longer', () => {
    const durations = fc.array(fc.integer({ min: 1, max: 20_000_000 }), { maxLength: 50 })
    const micros = fc.integer({ min: 1_000, max: 10_000_000 })
    fc.assert(
      fc.property(durations, micros, (tookMicros, boundMicros) => {
        const [first] = histogramPoints(latencyOf(tookMicros.map((took) => took / 1_000)), [
          boundMicros / 1e6,
        ])
        const atMost = tookMicros.filter((took) => took <= boundMicros).length
        const nearly = tookMicros.filter((took) => took <= boundMicros * 1.032).length
        expect(first?.value).toBeGreaterThanOrEqual(atMost)
        expect(first?.value).toBeLessThanOrEqual(nearly)
      }),
    )
  })
})
