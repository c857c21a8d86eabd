import type { AppendedReports, ReceivedReport } from './append.ts'
import type { Awaitable } from './awaitable.ts'
import type { EventStore } from './event-store.ts'
import type { GroupStore } from './group-store.ts'
import type { InstanceStore } from './instance-store.ts'
import type { OutcomeStore } from './outcome-store.ts'
import type { OverrideStore } from './override-store.ts'
import type { PolicyStore } from './policy-store.ts'

/** Everything the hub keeps. One process writes. */
export interface Store {
  /**
   * Stores reports in one transaction with the sequence of their instances, so that each counts exactly once.
   * When it answers, they are durable. When it throws, none of them is stored.
   */
  append(reports: readonly ReceivedReport[]): Awaitable<AppendedReports>
  readonly outcomes: OutcomeStore
  readonly instances: InstanceStore
  readonly policies: PolicyStore
  readonly groups: GroupStore
  readonly events: EventStore
  readonly overrides: OverrideStore
  readonly upkeep: StoreUpkeep
  /** Ends the store; every call after it throws. */
  close(): Awaitable<void>
}

/** What was deleted to make room. */
export interface Evicted {
  /** Rows of rollups, counts, events and history that were too old. */
  readonly rows: number
  readonly exemplars: number
  readonly instances: number
}

/** Deleting what is too old or too much, a small batch at a time. */
export interface StoreUpkeep {
  /** Deletes at most one batch of what is older than `before`; `isDone` when nothing was left to delete. */
  evictOlder(before: RetentionEdges): Awaitable<Evicted & { readonly isDone: boolean }>
  /** Deletes one batch of the least relevant facts, oldest first, while the store is larger than `maxBytes`. */
  evictBeyond(maxBytes: number): Awaitable<Evicted & { readonly isDone: boolean }>
  /** Bytes that the store's data takes. */
  bytes(): Awaitable<number>
  /** Exemplars that gave way to others since the store was opened. */
  evictedExemplars(): number
}

/** The times, epoch milliseconds, before which facts go. */
export interface RetentionEdges {
  /** Rollups of 5 seconds. */
  readonly fine: number
  /** Everything else. */
  readonly rest: number
}
