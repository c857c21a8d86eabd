import type { BreakerFacts, PolicyKind, StripSegment } from 'breakwater/protocol'
import type { Awaitable } from './awaitable.ts'

/** What a breaker's strip shows of one instance. */
export type BreakerCondition = Exclude<StripSegment['state'], 'unknown'>

/** Which policies are asked for. */
export interface PolicyQuery {
  readonly service?: string
  readonly environment?: string
  readonly kind?: PolicyKind
}

/** The name of a policy within the fleet. */
export interface PolicyKey {
  readonly service: string
  readonly kind: PolicyKind
  readonly name: string
}

/** How one instance's part of a policy stood at its last report. */
export interface PolicyStateRecord extends PolicyKey {
  readonly instanceId: number
  readonly at: number
  readonly gauges: Readonly<Record<string, number>>
  readonly breaker: BreakerFacts | null
}

/** Counters of a policy over a range. */
export interface PolicyCounters extends PolicyKey {
  readonly counters: Readonly<Record<string, number>>
}

/** A change of one instance's breaker. */
export interface BreakerChange {
  readonly service: string
  readonly name: string
  readonly instanceId: number
  readonly at: number
  readonly state: BreakerCondition
}

/** What policies did and how they stand. */
export interface PolicyStore {
  /** Every policy that is known, by service, kind and name. */
  list(query: PolicyQuery): Awaitable<readonly PolicyKey[]>
  states(query: PolicyQuery): Awaitable<readonly PolicyStateRecord[]>
  counters(
    query: PolicyQuery & { readonly stepMs: 60_000 | 3_600_000; readonly from: number; readonly to: number },
  ): Awaitable<readonly PolicyCounters[]>
  /** The changes in the range and, of each instance, the last one before it; oldest first. */
  breakerChanges(
    query: PolicyQuery & { readonly from: number; readonly to: number },
  ): Awaitable<readonly BreakerChange[]>
  hasBreaker(service: string, name: string): Awaitable<boolean>
  search(text: string, limit: number): Awaitable<readonly PolicyKey[]>
}
