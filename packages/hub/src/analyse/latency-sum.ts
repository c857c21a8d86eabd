import { type LatencyFacts, latencyBucketCount, latencyQuantile, type LatencyView } from 'breakwater/protocol'

/** A growing sum of latency distributions. */
export class LatencySum {
  readonly #counts = new Float64Array(latencyBucketCount)
  #sumMs = 0
  #maxMs = 0

  /** Adds a distribution. */
  add(latency: LatencyFacts): void {
    const { buckets } = latency
    for (let i = 0; i < buckets.length; i += 2) {
      const bucket = buckets[i] ?? 0
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (buckets[i + 1] ?? 0)
    }
    this.#sumMs += latency.sumMs
    this.#maxMs = Math.max(this.#maxMs, latency.maxMs)
  }

  /** The quantiles of the sum; null when it is empty. */
  view(): LatencyView {
    const facts = this.#facts()
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((q) => latencyQuantile(facts, q) ?? null)
    const isEmpty = facts.buckets.length === 0
    return { p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null, maxMs: isEmpty ? null : this.#maxMs }
  }

  #facts(): LatencyFacts {
    const buckets: number[] = []
    for (const [bucket, count] of this.#counts.entries()) {
      if (count > 0) buckets.push(bucket, count)
    }
    return { sumMs: this.#sumMs, maxMs: this.#maxMs, buckets }
  }
}
