import { isResilienceError } from '../faults/is-resilience-error.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import type { Rejection } from '../pipeline/rejection.ts'

/** A breaker refused the call without running it. */
export class CircuitOpenError extends ResilienceError {
  readonly policy: string
  /** Milliseconds until the next trial; undefined while a person holds it open, or trials run already. */
  readonly remainingMs: number | undefined
  /** Why it is open. */
  readonly reason: string

  constructor(policy: string, reason: string, remainingMs: number | undefined) {
    super(`Circuit '${policy}' is open: ${reason}`, { code: 'CIRCUIT_OPEN' })
    this.name = 'CircuitOpenError'
    this.policy = policy
    this.reason = reason
    this.remainingMs = remainingMs
  }
}

/** Whether a value is a {@link CircuitOpenError} of this library, of whatever copy. */
export function isCircuitOpenError(value: unknown): value is CircuitOpenError {
  return isResilienceError(value) && value.code === 'CIRCUIT_OPEN'
}

/** The refusal of one state of a breaker; made once and given to every call that the state refuses. */
export class CircuitRejection implements Rejection {
  readonly code = 'CIRCUIT_OPEN'
  readonly policy: string
  readonly #reason: string
  readonly #remainingMs: () => number | undefined

  constructor(policy: string, reason: string, remainingMs: () => number | undefined) {
    this.policy = policy
    this.#reason = reason
    this.#remainingMs = remainingMs
  }

  get retryAfterMs(): number | undefined {
    return this.#remainingMs()
  }

  toError(): CircuitOpenError {
    return new CircuitOpenError(this.policy, this.#reason, this.#remainingMs())
  }
}
