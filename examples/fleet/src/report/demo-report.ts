import type { LabFaultKind } from 'breakwater/protocol'

/** What the users of one storefront got. */
export interface SideFigures {
  readonly requests: number
  readonly full: number
  readonly degraded: number
  readonly errors: number
  /** Requests that were never sent, as too many were under way. */
  readonly dropped: number
  /** Answers that were no error, of all requests; null without a request. */
  readonly successRatio: number | null
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
}

/** A part of the run and what the users got in it, by when they got it. */
export interface PhaseFigures {
  readonly title: string
  readonly seconds: number
  readonly protected: SideFigures
  readonly unprotected: SideFigures
}

/** How the protected storefront took an outage; times in milliseconds, null when it did not come to that. */
export interface OutageFigures {
  readonly target: string
  readonly kind: LabFaultKind
  /** From the failure that decided to the open circuit, by the storefront's monotonic clock. */
  readonly decidingFailureToOpenMs: number | null
  /** From the first failure of the outage to the open circuit. */
  readonly firstFailureToOpenMs: number | null
  /** From the moment in which the service was healthy again to the closed circuit. */
  readonly healthyToClosedMs: number | null
}

/** A counter that the hub and the service disagree on. */
export interface BookMismatch {
  readonly service: string
  readonly instance: string
  readonly counter: string
  readonly inHub: number | null
  readonly inService: number
}

/** Whether hub and services have counted the same. */
export interface BookFigures {
  /** Counters that were compared. */
  readonly compared: number
  /** The sum of all calls that the services counted. */
  readonly calls: number
  readonly mismatches: readonly BookMismatch[]
}

/** One thing that was promised. */
export interface PromiseFigures {
  readonly title: string
  readonly isKept: boolean
  readonly found: string
}

/** The figures of a run. */
export interface DemoReport {
  readonly seconds: number
  readonly ratePerSecond: number
  readonly seed: number
  readonly protected: SideFigures
  readonly unprotected: SideFigures
  readonly phases: readonly PhaseFigures[]
  readonly outages: readonly OutageFigures[]
  readonly books: BookFigures
  /** Orders that were taken in during an outage and are still unpaid. */
  readonly unpaidOrders: number
  readonly hasRecovered: boolean
  readonly promises: readonly PromiseFigures[]
  readonly isKept: boolean
}
