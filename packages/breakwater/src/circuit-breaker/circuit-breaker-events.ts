import type { OverrideMode } from '../protocol/policy-facts.ts'

/** What a breaker reports; times are monotonic milliseconds of its clock. */
export type CircuitEvent = CircuitOpened | CircuitHalfOpened | CircuitClosed | CircuitOverridden

/** What all events of breakers have. */
export interface CircuitEventBase {
  readonly policy: string
  /** Which of a keyed breaker's parts it is about; absent for all of them, and for a breaker without keys. */
  readonly key?: string
}

/** Too many calls failed, or a trial did. */
export interface CircuitOpened extends CircuitEventBase {
  readonly type: 'CircuitOpened'
  /** `62 % of 120 calls failed in 30 s`. */
  readonly reason: string
  /** When the next trial is admitted, milliseconds from now. */
  readonly openMs: number
}

/** The open time is over: trials are admitted. */
export interface CircuitHalfOpened extends CircuitEventBase {
  readonly type: 'CircuitHalfOpened'
}

/** The trials succeeded; with a ramp, calls are let in step by step from now. */
export interface CircuitClosed extends CircuitEventBase {
  readonly type: 'CircuitClosed'
  /** How long calls were refused, milliseconds. */
  readonly afterMs: number
}

/** A person took the breaker over, or gave it back. */
export interface CircuitOverridden extends CircuitEventBase {
  readonly type: 'CircuitOverridden'
  readonly mode: OverrideMode
  readonly reason: string
}

/** An event before it is known whose it is. */
export type CircuitNews =
  | Omit<CircuitOpened, keyof CircuitEventBase>
  | Omit<CircuitHalfOpened, keyof CircuitEventBase>
  | Omit<CircuitClosed, keyof CircuitEventBase>
  | Omit<CircuitOverridden, keyof CircuitEventBase>
