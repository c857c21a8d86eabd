/**
 * A latency distribution that merges without loss: log-linear buckets over microseconds, 32 to each
 * doubling, so a quantile is at most 1.6 % off. Covers 1 µs to 71 min; longer is counted in the last bucket.
 *
 * @see http://hdrhistogram.org for the bucket scheme
 */
export interface LatencyFacts {
  /** Sum of the durations, milliseconds. */
  readonly sumMs: number
  /** The longest duration, milliseconds. */
  readonly maxMs: number
  /** Bucket number, count, bucket number, count, …; numbers ascend, counts are above 0. */
  readonly buckets: readonly number[]
}

/** How many buckets there are. */
export const latencyBucketCount = 896

/** The bucket that a duration in milliseconds falls in. Negative and NaN count as 0. */
export function latencyBucketOf(durationMs: number): number {
  const micros = durationMs * 1000
  if (!(micros >= 1)) return 0
  if (micros >= 4_294_967_295) return latencyBucketCount - 1
  const value = micros >>> 0
  if (value < 32) return value
  const exponent = 31 - Math.clz32(value)
  return (exponent - 5) * 32 + (value >>> (exponent - 5))
}

/** The middle of a bucket, in milliseconds. */
export function latencyBucketMiddleMs(bucket: number): number {
  if (bucket < 32) return bucket / 1000
  const shift = (bucket >>> 5) - 1
  const lower = ((bucket & 31) + 32) * 2 ** shift
  return (lower + (2 ** shift - 1) / 2) / 1000
}

/** The number of durations in the distribution. */
export function latencyCount(latency: LatencyFacts): number {
  let count = 0
  for (let i = 1; i < latency.buckets.length; i += 2) count += latency.buckets[i] ?? 0
  return count
}

/**
 * The duration in milliseconds below which the share `q` (0–1) of the calls ended, or undefined when
 * there are none: missing data is a gap, never a zero.
 */
export function latencyQuantile(latency: LatencyFacts, q: number): number | undefined {
  const rank = Math.max(1, Math.ceil(q * latencyCount(latency)))
  let seen = 0
  for (let i = 0; i < latency.buckets.length; i += 2) {
    seen += latency.buckets[i + 1] ?? 0
    if (seen >= rank) return Math.min(latencyBucketMiddleMs(latency.buckets[i] ?? 0), latency.maxMs)
  }
  return undefined
}

/** The sum of two distributions. */
export function mergeLatency(a: LatencyFacts, b: LatencyFacts): LatencyFacts {
  const counts = new Map<number, number>()
  for (const { buckets } of [a, b]) {
    for (let i = 0; i < buckets.length; i += 2) {
      const bucket = buckets[i] ?? 0
      counts.set(bucket, (counts.get(bucket) ?? 0) + (buckets[i + 1] ?? 0))
    }
  }
  const buckets = [...counts].sort((x, y) => x[0] - y[0]).flat()
  return { sumMs: a.sumMs + b.sumMs, maxMs: Math.max(a.maxMs, b.maxMs), buckets }
}

/** A distribution without a sample. */
export const emptyLatency: LatencyFacts = Object.freeze({ sumMs: 0, maxMs: 0, buckets: Object.freeze([]) })
