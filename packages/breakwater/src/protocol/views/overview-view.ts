import type { GroupSummary } from './group-view.ts'
import type { LatencyView, MarkView, OutcomeSeries, OutcomeTotals, RangeView } from './outcome-view.ts'
import type { PolicyView } from './policy-view.ts'
import type { ServiceSummary } from './service-view.ts'

/** What the hub says of itself. */
export interface HubStatus {
  readonly version: string
  readonly startedAt: number
  readonly now: number
  /** Since the hub started. */
  readonly reportsAccepted: number
  readonly reportsDuplicate: number
  readonly reportsRefused: number
  readonly reportsWaiting: number
  readonly storeBytes: number
  /** Evicted for age or size since the hub started. */
  readonly evictedExemplars: number
  /** A demo fleet's controller is connected: the Lab is there. */
  readonly hasLab: boolean
}

/** The first screen: is anything broken, what, whom does it hurt, what is being done about it. */
export interface OverviewView {
  readonly range: RangeView
  readonly totals: OutcomeTotals
  readonly latency: LatencyView
  readonly series: OutcomeSeries
  readonly services: readonly ServiceSummary[]
  /** Breakers that are not closed or not automatic, worst first. */
  readonly breakers: readonly PolicyView[]
  /** At most 8, most frequent first. */
  readonly groups: readonly GroupSummary[]
  readonly marks: readonly MarkView[]
  readonly hub: HubStatus
}

/** What happened in one second of one service, by the time the hub got it. */
export interface LiveFigures {
  readonly calls: number
  readonly successes: number
  readonly failures: number
  readonly rejections: number
  readonly spared: number
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
}

/** One message of the live stream, `event: tick`, sent each second; its SSE id is `id`. */
export interface LiveTick {
  readonly id: number
  readonly at: number
  readonly total: LiveFigures
  readonly services: Readonly<Record<string, LiveFigures>>
  readonly marks: readonly MarkView[]
  /** Names of what changed, so that a page asks again only for what it shows. */
  readonly changedServices: readonly string[]
  /** `service/name`. */
  readonly changedPolicies: readonly string[]
  readonly changedGroups: readonly string[]
  readonly hub: HubStatus
}

/** What a search finds, best first, at most 20. */
export interface SearchView {
  readonly hits: readonly {
    readonly kind: 'service' | 'operation' | 'policy' | 'group' | 'trace'
    readonly title: string
    readonly service: string | null
    /** Service name, operation name, policy name, or fingerprint (for `group` and `trace`). */
    readonly id: string
  }[]
}
