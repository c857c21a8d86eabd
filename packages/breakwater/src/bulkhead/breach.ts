/** Why the isolation does not hold: too much abandoned work, or a slot that is held for too long. */
export type BreachReason = 'abandoned' | 'held-too-long'

/** What is done while it does not hold. */
export type BreachMitigation = 'none' | 'shed-low' | 'lower-limit'

/** What {@link Bulkhead.detectBreach} found. */
export interface Breach {
  readonly reasons: readonly BreachReason[]
  /** Slots held by work whose caller was let go. */
  readonly abandoned: number
  /** Slots held for longer than `maxHoldMs`. */
  readonly overdue: number
  readonly limit: number
  /** How long it has lasted, milliseconds; 0 when only this look found it. */
  readonly forMs: number
  readonly mitigation: BreachMitigation
}
