import { isResilienceError } from '../faults/is-resilience-error.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import type { Rejection } from '../pipeline/rejection.ts'

/** Whose time was over: the policy's own limit was reached, or less was left to the caller than that. */
export type TimeoutBound = 'limit' | 'caller'

/** The facts of a {@link TimeoutError}. */
export interface TimeoutFacts {
  readonly operation: string
  readonly policy: string
  readonly limitMs: number
  readonly scope: 'attempt' | 'total'
  /** @default 'limit' */
  readonly boundBy?: TimeoutBound
}

/** A timeout of ours gave up on a call; never thrown when it was the caller who aborted. */
export class TimeoutError extends ResilienceError {
  readonly operation: string
  readonly policy: string
  /** The limit that was exceeded. */
  readonly limitMs: number
  /** Whether one attempt or the whole call was too long. */
  readonly scope: 'attempt' | 'total'
  /** Whether that was the policy's limit, or what was left to the caller. */
  readonly boundBy: TimeoutBound

  constructor(facts: TimeoutFacts) {
    const what = facts.scope === 'total' ? 'with all its attempts ' : ''
    const left = facts.boundBy === 'caller' ? ' that were left to its caller' : ''
    const message = `Operation '${facts.operation}' ${what}took longer than ${facts.limitMs} ms${left}`
    super(message, { code: 'TIMEOUT' })
    this.name = 'TimeoutError'
    this.operation = facts.operation
    this.policy = facts.policy
    this.limitMs = facts.limitMs
    this.scope = facts.scope
    this.boundBy = facts.boundBy ?? 'limit'
  }
}

/** Whether a value is a {@link TimeoutError} of this library, of whatever copy. */
export function isTimeoutError(value: unknown): value is TimeoutError {
  return isResilienceError(value) && value.code === 'TIMEOUT'
}

/** A call was not begun as no time was left to its caller. */
export class DeadlineExceededError extends ResilienceError {
  readonly operation: string
  readonly policy: string

  constructor(operation: string, policy: string) {
    super(`Operation '${operation}' was not begun as no time is left to its caller`, {
      code: 'DEADLINE_EXCEEDED',
    })
    this.name = 'DeadlineExceededError'
    this.operation = operation
    this.policy = policy
  }
}

/** Whether a value is a {@link DeadlineExceededError} of this library, of whatever copy. */
export function isDeadlineExceededError(value: unknown): value is DeadlineExceededError {
  return isResilienceError(value) && value.code === 'DEADLINE_EXCEEDED'
}

/** The refusal, before anyone asks for the error. */
export class DeadlineRejection implements Rejection {
  readonly code = 'DEADLINE_EXCEEDED'
  readonly policy: string
  readonly retryAfterMs: undefined
  readonly #operation: string

  constructor(operation: string, policy: string) {
    this.policy = policy
    this.retryAfterMs = undefined
    this.#operation = operation
  }

  toError(): DeadlineExceededError {
    return new DeadlineExceededError(this.#operation, this.policy)
  }
}

/** A call was ended by {@link Timeout.cancel}; the reason is its `cause`. */
export class CallCancelledError extends ResilienceError {
  /** Somebody wanted it to end: a retry does not begin it again. */
  readonly retryable: boolean = false
  readonly operation: string
  readonly policy: string

  constructor(operation: string, policy: string, reason: unknown) {
    super(`Operation '${operation}' was cancelled while it ran`, { code: 'CALL_CANCELLED', cause: reason })
    this.name = 'CallCancelledError'
    this.operation = operation
    this.policy = policy
  }
}

/** Whether a value is a {@link CallCancelledError} of this library, of whatever copy. */
export function isCallCancelledError(value: unknown): value is CallCancelledError {
  return isResilienceError(value) && value.code === 'CALL_CANCELLED'
}
