import type { FaultCategory, FaultExemplar, Retryability, Severity } from '../fault-facts.ts'
import type { RangeView } from './outcome-view.ts'

/** Faults that are the same problem, as one line. */
export interface GroupSummary {
  /** The fingerprint. */
  readonly id: string
  readonly name: string
  readonly message: string
  readonly culprit: string
  readonly category: FaultCategory
  readonly severity: Severity
  readonly retryability: Retryability
  /** Exact, in the range. */
  readonly count: number
  /** Exact, ever. */
  readonly countEver: number
  readonly services: readonly string[]
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  /** Counts of equal parts of the range, at most 60. */
  readonly sparkline: readonly number[]
}

/** An example of a group and where it came from. */
export interface ExemplarView extends FaultExemplar {
  readonly service: string
  readonly instance: string
  readonly version: string | null
}

/** A page of the groups that match. */
export interface GroupListView {
  readonly range: RangeView
  /** Groups that match, also those beyond the page. */
  readonly total: number
  readonly groups: readonly GroupSummary[]
  /** Pass it as `cursor` to get the next page; null at the end. */
  readonly nextCursor: string | null
}

/** Everything about one group. */
export interface GroupDetailView extends GroupSummary {
  readonly range: RangeView
  readonly groupedBy: string
  readonly byService: readonly { readonly service: string; readonly count: number }[]
  readonly byOperation: readonly {
    readonly service: string
    readonly operation: string
    readonly count: number
  }[]
  readonly series: { readonly at: readonly number[]; readonly counts: readonly number[] }
  /** Newest first. */
  readonly exemplars: readonly ExemplarView[]
  /** Occurrences of which no example was kept. */
  readonly withoutExemplar: number
}
