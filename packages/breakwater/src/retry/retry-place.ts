import type { PolicySetup } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import type { FailedAttempt } from './failed-attempt.ts'
import type { RetryLog } from './retry-log.ts'
import type { ResolvedRetryOptions, RetryQuestion } from './retry-options.ts'
import type { RetryProgress } from './retry-progress.ts'

/** Where a failed attempt was made, and what came before it. */
export interface RetryPlace {
  readonly options: ResolvedRetryOptions
  readonly log: RetryLog
  readonly run: RunHandle
  /** The level of the retry. */
  readonly index: number
  readonly setup: PolicySetup
  readonly progress: RetryProgress
  readonly failure: FailedAttempt
  readonly question: RetryQuestion
  /** How much time is left for a retry; Infinity when nobody knows. */
  readonly leftMs: number
  /** The retry itself was told of a limit: only then is an open breaker waited for. */
  readonly isTimeLimited: boolean
  /** The clock's time; 0 when the policy does not look at it. */
  readonly failedAt: number
}
