import type { Rejection } from './rejection.ts'

/** How a call ended, as a value: what `tryRun` resolves to. */
export type Outcome<T> = SuccessOutcome<T> | FailureOutcome

/** The call gave a value. */
export interface SuccessOutcome<T> {
  readonly ok: true
  readonly value: T
}

/** The call failed, was refused by a policy, or was aborted by the caller. */
export interface FailureOutcome {
  readonly ok: false
  /** What `run` would have thrown: the user's own error as the same object, or one of ours. */
  readonly error: unknown
  /** Present when a policy refused the call. */
  readonly rejection?: Rejection
}

/** The outcome kinds as the engine passes them on: numbers, so that nothing is allocated. */
export const succeeded = 0
/** The work failed, or a timeout gave up on it; the payload is the error. */
export const failed = 1
/** A policy further in refused; the payload is a {@link Rejection}. */
export const rejected = 2
/** The caller aborted; the payload is the reason. */
export const cancelled = 3

/** One of {@link succeeded}, {@link failed}, {@link rejected}, {@link cancelled}. */
export type OutcomeKind = 0 | 1 | 2 | 3
