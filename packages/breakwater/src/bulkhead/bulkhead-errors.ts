import { isResilienceError, ResilienceError } from '../faults/resilience-error.ts'
import type { Rejection } from '../pipeline/rejection.ts'

/** A bulkhead had no free slot and no free place in its queue. */
export class BulkheadFullError extends ResilienceError {
  readonly policy: string
  readonly limit: number
  /** Calls that waited already. */
  readonly queued: number

  constructor(policy: string, limit: number, queued: number) {
    const waiting = queued === 0 ? '' : ` and ${queued} more wait`
    super(`Bulkhead '${policy}' is full: ${limit} calls run${waiting}`, { code: 'BULKHEAD_FULL' })
    this.name = 'BulkheadFullError'
    this.policy = policy
    this.limit = limit
    this.queued = queued
  }
}

/** Whether a value is a {@link BulkheadFullError} of this library, of whatever copy. */
export function isBulkheadFullError(value: unknown): value is BulkheadFullError {
  return isResilienceError(value) && value.code === 'BULKHEAD_FULL'
}

/** The refusal, before anyone asks for the error. */
export class BulkheadRejection implements Rejection {
  readonly code = 'BULKHEAD_FULL'
  readonly policy: string
  readonly retryAfterMs: undefined
  readonly #limit: number
  readonly #queued: number

  constructor(policy: string, limit: number, queued: number) {
    this.policy = policy
    this.retryAfterMs = undefined
    this.#limit = limit
    this.#queued = queued
  }

  toError(): BulkheadFullError {
    return new BulkheadFullError(this.policy, this.#limit, this.#queued)
  }
}
