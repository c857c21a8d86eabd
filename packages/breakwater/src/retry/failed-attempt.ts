import { type OutcomeKind, rejected } from '../pipeline/outcome.ts'
import type { Rejection } from '../pipeline/rejection.ts'
import { type Refusal, refusalIn } from './refusal.ts'
import { neverLeft } from './retryable.ts'

/** An outcome that is no success, as a retry looks at it. */
export class FailedAttempt {
  readonly kind: OutcomeKind
  readonly payload: unknown
  /** A policy further in refused, so that the work was not run. */
  readonly isRejected: boolean
  /** The refusal: of a policy further in, or of one that the work ran into. */
  readonly refusal: Refusal | undefined
  #error: unknown = undefined

  constructor(kind: OutcomeKind, payload: unknown) {
    this.kind = kind
    this.payload = payload
    this.isRejected = kind === rejected
    this.refusal = this.isRejected ? (payload as Rejection) : refusalIn(payload)
  }

  /** A refusal becomes an error only when somebody looks. */
  get error(): unknown {
    if (!this.isRejected) return this.payload
    this.#error ??= (this.payload as Rejection).toError()
    return this.#error
  }

  /** Whether it is proven that the request had no effect. */
  get isHarmless(): boolean {
    return this.isRejected || neverLeft(this.payload)
  }

  /** How long an open breaker stays open; undefined when it was no breaker, or nobody can tell. */
  get circuitMs(): number | undefined {
    return this.refusal?.code === 'CIRCUIT_OPEN' ? this.refusal.retryAfterMs : undefined
  }
}
