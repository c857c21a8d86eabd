import type { LatencyFacts, OutcomeTotals } from 'breakwater/protocol'
import type { Awaitable } from './awaitable.ts'

/** The steps in which outcomes are kept: 5 seconds, a minute, an hour. */
export type RollupStepMs = 5_000 | 60_000 | 3_600_000

/** Which rollups are asked for. */
export interface RollupQuery {
  readonly stepMs: RollupStepMs
  /** Inclusive. */
  readonly from: number
  /** Exclusive. */
  readonly to: number
  readonly service?: string
  readonly environment?: string
}

/** The outcomes of one operation, or of a whole service, in one step. */
export interface Rollup extends OutcomeTotals {
  readonly at: number
  readonly service: string
  /** Empty for a whole service. */
  readonly operation: string
  readonly latency: LatencyFacts
}

/** Where something was found by its name. */
export interface OperationHit {
  readonly service: string
  readonly operation: string
}

/** Outcomes over time. */
export interface OutcomeStore {
  /** One rollup for each service and step. */
  ofServices(query: RollupQuery): Awaitable<Iterable<Rollup>>
  /** One rollup for each operation of a service and step. */
  ofOperations(query: RollupQuery & { readonly service: string }): Awaitable<Iterable<Rollup>>
  /** Operations whose name contains the text. */
  search(text: string, limit: number): Awaitable<readonly OperationHit[]>
}
