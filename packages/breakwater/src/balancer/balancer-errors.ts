import { isResilienceError } from '../faults/is-resilience-error.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import type { Rejection } from '../pipeline/rejection.ts'

/** A balancer had no endpoint at all: none was given or found, or all are draining. */
export class NoEndpointError extends ResilienceError {
  readonly policy: string

  constructor(policy: string, cause?: unknown) {
    super(`Balancer '${policy}' has no endpoint`, { code: 'NO_ENDPOINT', cause })
    this.name = 'NoEndpointError'
    this.policy = policy
  }
}

/** Whether a value is a {@link NoEndpointError} of this library, of whatever copy. */
export function isNoEndpointError(value: unknown): value is NoEndpointError {
  return isResilienceError(value) && value.code === 'NO_ENDPOINT'
}

/** The refusal, before anyone asks for the error. */
export class NoEndpointRejection implements Rejection {
  readonly code = 'NO_ENDPOINT'
  readonly policy: string
  readonly retryAfterMs: undefined
  readonly #cause: unknown

  constructor(policy: string, cause: unknown) {
    this.policy = policy
    this.retryAfterMs = undefined
    this.#cause = cause
  }

  toError(): NoEndpointError {
    return new NoEndpointError(this.policy, this.#cause)
  }
}
