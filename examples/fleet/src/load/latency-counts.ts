import { latencyBucketCount, latencyBucketOf, type LatencyFacts } from 'breakwater/protocol'

/** Counts durations into the buckets that the wire uses: constant memory, mergeable, at most 1.6 % off. */
export interface LatencyCounts {
  record(ms: number): void
  facts(): LatencyFacts
}

/** Counts of no duration yet. */
export function latencyCounts(): LatencyCounts {
  const counts = new Uint32Array(latencyBucketCount)
  let sumMs = 0
  let maxMs = 0
  return {
    record: (ms) => {
      const bucket = latencyBucketOf(ms)
      counts[bucket] = (counts[bucket] ?? 0) + 1
      sumMs += ms
      maxMs = Math.max(maxMs, ms)
    },
    facts: () => {
      const buckets: number[] = []
      counts.forEach((count, bucket) => {
        if (count > 0) buckets.push(bucket, count)
      })
      return { sumMs, maxMs, buckets }
    },
  }
}
