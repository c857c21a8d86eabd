import type { DroppedFacts } from '../report.ts'
import type { LatencyView, MarkView, OutcomeSeries, OutcomeTotals, RangeView } from './outcome-view.ts'
import type { PolicyView } from './policy-view.ts'

/** The four states of anything that is shown. */
export type HealthState = 'ok' | 'degraded' | 'failing' | 'unknown'

/** One line for a service. */
export interface ServiceSummary {
  readonly service: string
  readonly state: HealthState
  /** One sentence with the figures that decided the state. */
  readonly reason: string
  readonly liveInstances: number
  readonly instances: number
  readonly lastSeenAt: number
  readonly totals: OutcomeTotals
  readonly latency: LatencyView
}

/** One process of a service. */
export interface InstanceView {
  readonly instance: string
  readonly version: string | null
  readonly environment: string | null
  readonly host: string | null
  readonly pid: number | null
  readonly startedAt: number
  readonly lastSeenAt: number
  /** `silent`: no report for 10 s and no goodbye. */
  readonly state: 'live' | 'silent' | 'stopped' | 'crashed'
  readonly lastSequence: number
  /** Reports that never came, by the gaps in the sequence. */
  readonly missingReports: number
  readonly dropped: DroppedFacts
  /** Since the instance started, not only in the range. */
  readonly lifetime: OutcomeTotals
}

/** One operation of a service, all instances merged. */
export interface OperationView {
  readonly operation: string
  readonly inFlight: number
  readonly totals: OutcomeTotals
  readonly latency: LatencyView
}

/** All services. */
export interface ServiceListView {
  readonly range: RangeView
  readonly services: readonly ServiceSummary[]
}

/** Everything about one service. */
export interface ServiceDetailView extends ServiceSummary {
  readonly range: RangeView
  readonly instanceList: readonly InstanceView[]
  readonly operations: readonly OperationView[]
  readonly policies: readonly PolicyView[]
  readonly series: OutcomeSeries
  readonly marks: readonly MarkView[]
}
