import type { LatencyFacts } from 'breakwater/protocol'

/** The durations that came between two moments of one distribution; the longest is that of the whole. */
export function latencyDifference(after: LatencyFacts, before: LatencyFacts): LatencyFacts {
  const earlier = new Map<number, number>()
  for (let i = 0; i < before.buckets.length; i += 2) {
    earlier.set(before.buckets[i] ?? 0, before.buckets[i + 1] ?? 0)
  }
  const buckets: number[] = []
  for (let i = 0; i < after.buckets.length; i += 2) {
    const bucket = after.buckets[i] ?? 0
    const count = (after.buckets[i + 1] ?? 0) - (earlier.get(bucket) ?? 0)
    if (count > 0) buckets.push(bucket, count)
  }
  return { sumMs: after.sumMs - before.sumMs, maxMs: after.maxMs, buckets }
}
