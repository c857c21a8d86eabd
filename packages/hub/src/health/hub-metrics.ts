/** Upper ends of the buckets of commit durations, milliseconds. */
export const commitBucketsMs: readonly number[] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500]

/** What the hub counts about itself since it started. */
export class HubMetrics {
  accepted = 0
  duplicate = 0
  /** Operations, calls of policies, and faults of groups, beyond the limits. */
  folded = 0
  failed = 0
  evictedRows = 0
  evictedInstances = 0
  /** Streams that were ended because their reader was too slow. */
  droppedStreams = 0
  commitCount = 0
  commitSumMs = 0
  readonly commitBuckets: number[] = commitBucketsMs.map(() => 0)
  readonly #refused = new Map<string, number>()

  /** Counts a report that was refused, by the code of the problem. */
  refuse(code: string): void {
    this.#refused.set(code, (this.#refused.get(code) ?? 0) + 1)
  }

  /** Reports that were refused, by the code of the problem. */
  refusedByCode(): readonly (readonly [string, number])[] {
    return [...this.#refused]
  }

  /** All reports that were refused. */
  refused(): number {
    return [...this.#refused.values()].reduce((sum, count) => sum + count, 0)
  }

  /** Counts a transaction. */
  commit(durationMs: number): void {
    this.commitCount++
    this.commitSumMs += durationMs
    for (const [index, upperMs] of commitBucketsMs.entries()) {
      if (durationMs <= upperMs) this.commitBuckets[index] = (this.commitBuckets[index] ?? 0) + 1
    }
  }
}
