import type { Report } from 'breakwater/protocol'

/** A report that passed validation. */
export interface ReceivedReport {
  readonly report: Report
  /** Epoch milliseconds, by the hub's clock. */
  readonly receivedAt: number
}

/** What became of one report. */
export type AppendOutcome = 'stored' | 'duplicate' | 'no-room'

/** What became of reports that were stored together. */
export interface AppendedReports {
  /** One for each report, in order. */
  readonly outcomes: readonly AppendOutcome[]
  /** Operations, policies and groups beyond the hub's limits, that were folded or left out. */
  readonly folded: number
}
