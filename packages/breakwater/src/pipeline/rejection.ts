import type { ResilienceError } from '../faults/resilience-error.ts'

/** A policy's refusal to admit a call. Cheap to pass on; the error is made only when somebody asks for it. */
export interface Rejection {
  /** The code of the error: `CIRCUIT_OPEN`, `BULKHEAD_FULL`. */
  readonly code: string
  /** The name of the policy that refused. */
  readonly policy: string
  /** Milliseconds after which a new call may be admitted; undefined when nobody can tell. */
  readonly retryAfterMs: number | undefined
  /** The error that says so. */
  toError(): ResilienceError
}
