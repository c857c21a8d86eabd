import { type FailureOutcome, type Outcome, type OutcomeKind, rejected, succeeded } from './outcome.ts'
import type { Rejection } from './rejection.ts'

/** What an outcome that is no success throws. */
export function thrownBy(kind: OutcomeKind, payload: unknown): unknown {
  return kind === rejected ? (payload as Rejection).toError() : payload
}

/** An outcome as a value. */
export function outcomeOf(kind: OutcomeKind, payload: unknown): Outcome<unknown> {
  if (kind === succeeded) return { ok: true, value: payload }
  if (kind === rejected) return new RejectedOutcome(payload as Rejection)
  return { ok: false, error: payload }
}

/** Makes the error only when it is looked at: most callers of `tryRun` do not. */
class RejectedOutcome implements FailureOutcome {
  readonly ok = false
  readonly rejection: Rejection
  #error: unknown

  constructor(rejection: Rejection) {
    this.rejection = rejection
  }

  get error(): unknown {
    this.#error ??= this.rejection.toError()
    return this.#error
  }
}
