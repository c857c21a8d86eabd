import { latencyBucketCount, type LatencyFacts } from '../protocol/latency-facts.ts'

/** Sums distributions that one after the other are taken out of a sketch: 7 KB from the first one on, and no count overflows. */
export class LatencyTotals {
  #counts: Float64Array | undefined = undefined
  #sumMs = 0
  #maxMs = 0

  /** Adds what was recorded since the call before. */
  add({ sumMs, maxMs, buckets }: LatencyFacts): void {
    if (buckets.length === 0) return
    this.#counts ??= new Float64Array(latencyBucketCount)
    for (let i = 0; i < buckets.length; i += 2) {
      const bucket = buckets[i] ?? 0
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (buckets[i + 1] ?? 0)
    }
    this.#sumMs += sumMs
    this.#maxMs = Math.max(this.#maxMs, maxMs)
  }

  /** Everything that was added. */
  read(): LatencyFacts {
    const buckets: number[] = []
    const counts = this.#counts
    for (let bucket = 0; counts !== undefined && bucket < latencyBucketCount; bucket++) {
      const count = counts[bucket] ?? 0
      if (count > 0) buckets.push(bucket, count)
    }
    return { sumMs: this.#sumMs, maxMs: this.#maxMs, buckets }
  }
}
