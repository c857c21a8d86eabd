import type { OverrideMode } from './policy-facts.ts'

/** A person's order to one breaker of a service, for all its instances, until it is given back. */
export interface Override {
  readonly service: string
  /** The breaker's name. */
  readonly policy: string
  readonly mode: OverrideMode
  /** Why; shown wherever the breaker is shown. 1–500 characters. */
  readonly reason: string
  /** Who. 1–100 characters. */
  readonly by: string
  /** Epoch milliseconds. */
  readonly at: number
}

/**
 * What the control stream sends to a service, whole each time, so that a lost message loses nothing:
 * every override in force. A breaker that is not named is automatic.
 */
export interface ControlState {
  /** Rises with each change of this service's overrides; an older state than the one applied is ignored. */
  readonly revision: number
  readonly overrides: readonly Override[]
}
