import { type LatencyFacts, latencyBucketOf, latencyCount } from '../../protocol/latency-facts.ts'
import type { Point } from './metric-family.ts'

/**
 * A distribution as the lines of a histogram: a count for each bound and below, the sum, the count.
 *
 * The buckets of the distribution are finer than the bounds and do not end where they do: a call that took as long as a
 * bound counts as within it, and so may one that took up to 3.2 % longer.
 */
export function histogramPoints(latency: LatencyFacts, boundsSeconds: readonly number[]): readonly Point[] {
  const { buckets, sumMs } = latency
  const points: Point[] = []
  let within = 0
  let next = 0
  for (const bound of boundsSeconds) {
    const last = latencyBucketOf(Math.round(bound * 1e6) / 1_000)
    for (; next < buckets.length && (buckets[next] ?? 0) <= last; next += 2) within += buckets[next + 1] ?? 0
    points.push({ suffix: '_bucket', le: boundText(bound), value: within })
  }
  const count = latencyCount(latency)
  return [
    ...points,
    { suffix: '_bucket', le: '+Inf', value: count },
    { suffix: '_sum', value: sumMs / 1_000 },
    { suffix: '_count', value: count },
  ]
}

/** As OpenMetrics writes bounds, in both formats: a series is then the same whichever was scraped. */
function boundText(bound: number): string {
  return Number.isInteger(bound) ? `${bound}.0` : String(bound)
}
