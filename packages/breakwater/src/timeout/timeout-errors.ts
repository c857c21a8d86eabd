import { isResilienceError, ResilienceError } from '../faults/resilience-error.ts'

/** The facts of a {@link TimeoutError}. */
export interface TimeoutFacts {
  readonly operation: string
  readonly policy: string
  readonly limitMs: number
  readonly scope: 'attempt' | 'total'
}

/** A timeout of ours gave up on a call; never thrown when it was the caller who aborted. */
export class TimeoutError extends ResilienceError {
  readonly operation: string
  readonly policy: string
  /** The limit that was exceeded. */
  readonly limitMs: number
  /** Whether one attempt or the whole call was too long. */
  readonly scope: 'attempt' | 'total'

  constructor(facts: TimeoutFacts) {
    const what = facts.scope === 'total' ? 'with all its attempts ' : ''
    super(`Operation '${facts.operation}' ${what}took longer than ${facts.limitMs} ms`, { code: 'TIMEOUT' })
    this.name = 'TimeoutError'
    this.operation = facts.operation
    this.policy = facts.policy
    this.limitMs = facts.limitMs
    this.scope = facts.scope
  }
}

/** Whether a value is a {@link TimeoutError} of this library, of whatever copy. */
export function isTimeoutError(value: unknown): value is TimeoutError {
  return isResilienceError(value) && value.code === 'TIMEOUT'
}
