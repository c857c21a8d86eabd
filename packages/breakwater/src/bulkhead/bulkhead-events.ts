import type { BreachMitigation, BreachReason } from './breach.ts'

/** What a bulkhead reports. */
export type BulkheadEvent = BulkheadSaturated

/** A bulkhead became full: the first refusal since it last had room. */
export interface BulkheadSaturated {
  readonly type: 'BulkheadSaturated'
  readonly policy: string
  readonly limit: number
  readonly queue: number
}

/** What a bulkhead with `breach` reports besides. */
export type BulkheadBreachEvent = BulkheadBreached | BulkheadBreachEnded

/** Work that should have ended holds slots: the isolation does not hold. */
export interface BulkheadBreached {
  readonly type: 'BulkheadBreached'
  readonly policy: string
  readonly reasons: readonly BreachReason[]
  /** Slots held by work whose caller was let go. */
  readonly abandoned: number
  /** Slots held for longer than `maxHoldMs`. */
  readonly overdue: number
  readonly limit: number
  /** What is done about it until it ends. */
  readonly mitigation: BreachMitigation
}

/** The slots came back; the mitigation is over. */
export interface BulkheadBreachEnded {
  readonly type: 'BulkheadBreachEnded'
  readonly policy: string
  readonly afterMs: number
}
