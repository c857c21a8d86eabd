import type { OverrideMode } from '../protocol/policy-facts.ts'

/** What a breaker reports; times are monotonic milliseconds of its clock. */
export type CircuitEvent = CircuitOpened | CircuitHalfOpened | CircuitClosed | CircuitOverridden

/** Too many calls failed, or a trial did. */
export interface CircuitOpened {
  readonly type: 'CircuitOpened'
  readonly policy: string
  /** `62 % of 120 calls failed in 30 s`. */
  readonly reason: string
  /** When the next trial is admitted, milliseconds from now. */
  readonly openMs: number
}

/** The open time is over: trials are admitted. */
export interface CircuitHalfOpened {
  readonly type: 'CircuitHalfOpened'
  readonly policy: string
}

/** The trials succeeded. */
export interface CircuitClosed {
  readonly type: 'CircuitClosed'
  readonly policy: string
  /** How long calls were refused, milliseconds. */
  readonly afterMs: number
}

/** A person took the breaker over, or gave it back. */
export interface CircuitOverridden {
  readonly type: 'CircuitOverridden'
  readonly policy: string
  readonly mode: OverrideMode
  readonly reason: string
}
