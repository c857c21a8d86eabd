import type { LatencyFacts } from './latency-facts.ts'

/**
 * What happened to the calls of one operation since the report before.
 *
 * `calls = successes + failures + rejections + cancellations`, always. The `spared…` counters are
 * parts of `successes`: calls whose first attempt did not succeed and that were answered all the same.
 */
export interface OperationFacts {
  /** `payments.charge`. */
  readonly operation: string
  /** Calls that ended. */
  readonly calls: number
  readonly successes: number
  /** Calls that ended in an error of the work itself, or in a timeout. */
  readonly failures: number
  /** Calls that a policy refused: open circuit, no permit, no budget. */
  readonly rejections: number
  /** Calls that the caller aborted. */
  readonly cancellations: number
  /** Runs of the user's function; `attempts - calls` is what retries added. */
  readonly attempts: number
  readonly attemptFailures: number
  readonly sparedByRetry: number
  readonly sparedByFallback: number
  readonly sparedByCache: number
  readonly sparedByHedge: number
  /** Calls that run now; a gauge, not a difference. */
  readonly inFlight: number
  /** Duration of whole calls, whatever their outcome but cancellation. */
  readonly latency: LatencyFacts
}
