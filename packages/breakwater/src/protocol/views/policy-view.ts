import type { Override } from '../override.ts'
import type { BreakerFacts, BreakerState, OverrideMode, PolicyKind } from '../policy-facts.ts'
import type { RangeView } from './outcome-view.ts'

/** A stretch of a breaker's history in which the worst state over its instances did not change. */
export interface StripSegment {
  readonly from: number
  readonly to: number
  readonly state: BreakerState | 'forced-open' | 'forced-closed' | 'unknown'
}

/** How one instance's part of a policy stands. */
export interface PolicyInstanceView {
  readonly instance: string
  readonly lastSeenAt: number
  readonly gauges: Readonly<Record<string, number>>
  readonly breaker: BreakerFacts | null
}

/** One policy of a service, all instances merged. */
export interface PolicyView {
  readonly service: string
  readonly kind: PolicyKind
  readonly name: string
  /** Sums over the range and all instances. */
  readonly counters: Readonly<Record<string, number>>
  /** Sums over the live instances, as of now. */
  readonly gauges: Readonly<Record<string, number>>
  readonly instances: readonly PolicyInstanceView[]
  /** Null unless it is a circuit breaker. */
  readonly breaker: BreakerView | null
}

/** A breaker over all live instances: the worst of them speaks (open, then half-open, then closed). */
export interface BreakerView {
  readonly facts: BreakerFacts
  /** What the instances report that they obey. */
  readonly appliedOverride: OverrideMode
  /** What a person ordered; null when nobody did. Differs from `appliedOverride` until the services have answered. */
  readonly override: Override | null
  /** The range's history, oldest first, without gaps. */
  readonly strip: readonly StripSegment[]
}

/** The policies of all services, or of those that were asked for. */
export interface PolicyListView {
  readonly range: RangeView
  readonly policies: readonly PolicyView[]
}

/** A line of the audit trail. */
export interface AuditEntry {
  readonly id: number
  readonly at: number
  /** `override`. */
  readonly action: string
  readonly by: string
  readonly reason: string
  readonly service: string
  readonly policy: string
  readonly before: string
  readonly after: string
}

/** The audit trail, newest first. */
export interface AuditView {
  readonly entries: readonly AuditEntry[]
}
