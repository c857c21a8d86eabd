/** Counters of calls in a range of time; `calls = successes + failures + rejections + cancellations`. */
export interface OutcomeTotals {
  readonly calls: number
  readonly successes: number
  readonly failures: number
  readonly rejections: number
  readonly cancellations: number
  readonly attempts: number
  readonly attemptFailures: number
  readonly sparedByRetry: number
  readonly sparedByFallback: number
  readonly sparedByCache: number
  readonly sparedByHedge: number
}

/** Quantiles in milliseconds; null where there was no call. */
export interface LatencyView {
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly maxMs: number | null
}

/** A range of time cut into equal steps. Epoch milliseconds; `to` is exclusive. */
export interface RangeView {
  readonly from: number
  readonly to: number
  readonly stepMs: number
}

/**
 * Outcomes over time. All arrays are as long as `at`, which holds the start of each step.
 * A step without a report is null in each of them: a gap, not a zero.
 */
export interface OutcomeSeries {
  readonly at: readonly number[]
  readonly calls: readonly (number | null)[]
  readonly successes: readonly (number | null)[]
  readonly failures: readonly (number | null)[]
  readonly rejections: readonly (number | null)[]
  readonly spared: readonly (number | null)[]
  readonly p50: readonly (number | null)[]
  readonly p95: readonly (number | null)[]
  readonly p99: readonly (number | null)[]
}

/** An event to mark on a time axis. */
export interface MarkView {
  readonly at: number
  readonly type: string
  readonly service: string
  readonly instance: string
  readonly message: string
  readonly policy: string | null
  readonly operation: string | null
}
