import { type LatencyFacts, latencyBucketCount, type OutcomeTotals } from 'breakwater/protocol'
import { encodeBuckets } from './latency-blob.ts'
import { outcomeColumnNames, outcomeValues } from './outcome-columns.ts'

const scratch = new Float64Array(latencyBucketCount)

/** What several reports say of one series in one step, before it is written. */
export class PendingOutcomes {
  readonly seriesId: number
  readonly at: number
  /** The counters in the order of the columns. */
  readonly values: number[] = outcomeColumnNames.map(() => 0)
  sumMs = 0
  maxMs = 0
  readonly #buckets: (readonly number[])[] = []

  constructor(seriesId: number, at: number) {
    this.seriesId = seriesId
    this.at = at
  }

  /** Takes what a report says. */
  add(totals: OutcomeTotals, latency: LatencyFacts): void {
    const added = outcomeValues(totals)
    for (let i = 0; i < added.length; i++) this.values[i] = (this.values[i] ?? 0) + (added[i] ?? 0)
    this.sumMs += latency.sumMs
    this.maxMs = Math.max(this.maxMs, latency.maxMs)
    if (latency.buckets.length > 0) this.#buckets.push(latency.buckets)
  }

  /** The sum of the distributions, encoded. */
  latency(): Uint8Array {
    if (this.#buckets.length <= 1) return encodeBuckets(this.#buckets[0] ?? [])
    scratch.fill(0)
    for (const buckets of this.#buckets) {
      for (let i = 0; i < buckets.length; i += 2) {
        const bucket = buckets[i] ?? 0
        scratch[bucket] = (scratch[bucket] ?? 0) + (buckets[i + 1] ?? 0)
      }
    }
    const sum: number[] = []
    for (let bucket = 0; bucket < scratch.length; bucket++) {
      const count = scratch[bucket] ?? 0
      if (count > 0) sum.push(bucket, count)
    }
    return encodeBuckets(sum)
  }
}
