import type { DroppedFacts, InstanceIdentity, OutcomeTotals } from 'breakwater/protocol'
import type { Awaitable } from './awaitable.ts'

/** An instance as it was last heard of. */
export interface InstanceRecord extends InstanceIdentity {
  readonly id: number
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  /** `running` until it says goodbye or crashes; whether it is silent is told by `lastSeenAt`. */
  readonly state: 'running' | 'stopped' | 'crashed'
  readonly lastSequence: number
  readonly missingReports: number
  readonly dropped: DroppedFacts
  readonly lifetime: OutcomeTotals
  /** Calls running at the last report, by operation; operations without any are left out. */
  readonly inFlight: Readonly<Record<string, number>>
}

/** The processes that report. */
export interface InstanceStore {
  /** Newest first, at most 1,000. */
  ofService(service: string): Awaitable<readonly InstanceRecord[]>
  /** Of each service those heard of at or after `since`, and always the newest one. */
  recent(query: {
    readonly since: number
    readonly environment?: string
  }): Awaitable<readonly InstanceRecord[]>
  /** Services whose name contains the text. */
  searchServices(text: string, limit: number): Awaitable<readonly string[]>
  hasService(service: string): Awaitable<boolean>
}
