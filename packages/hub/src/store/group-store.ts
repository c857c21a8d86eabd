import type { ExemplarView, FaultCategory, Retryability, Severity } from 'breakwater/protocol'
import type { Awaitable } from './awaitable.ts'

/** A group of faults, without what depends on a range. */
export interface GroupRecord {
  readonly id: number
  readonly fingerprint: string
  readonly groupedBy: string
  readonly name: string
  readonly message: string
  readonly culprit: string
  readonly category: FaultCategory
  readonly severity: Severity
  readonly retryability: Retryability
  readonly countEver: number
  readonly firstSeenAt: number
  readonly lastSeenAt: number
}

/** A part of the time in which counts of faults are asked for; `from` and `to` are whole steps. */
export interface CountRange {
  readonly stepMs: 60_000 | 3_600_000
  readonly from: number
  readonly to: number
}

/** What a group's column to sort by is. */
export type GroupSort = 'count' | 'last' | 'first'

/** Which groups are asked for; all conditions hold at once. */
export interface GroupQuery extends CountRange {
  readonly service?: string
  readonly environment?: string
  /** `technical` takes all of its branch. */
  readonly category?: string
  readonly severity?: Severity
  /** Part of the name, message, culprit or fingerprint. */
  readonly text?: string
  readonly sort: GroupSort
  readonly limit: number
  /** Only those after this one in the order. */
  readonly after?: { readonly value: number; readonly id: number }
}

/** A group and how often it happened in a range. */
export interface CountedGroup {
  readonly group: GroupRecord
  readonly count: number
}

/** How often a group happened in one step, by where. */
export interface GroupCount {
  readonly groupId: number
  readonly at: number
  readonly service: string
  readonly operation: string
  readonly count: number
}

/** Problems, how often they happen, and examples of them. */
export interface GroupStore {
  /** The groups that match, in order, and how many match beyond the limit. */
  list(query: GroupQuery): Awaitable<{ readonly total: number; readonly groups: readonly CountedGroup[] }>
  find(fingerprint: string): Awaitable<GroupRecord | undefined>
  counts(groupIds: readonly number[], range: CountRange): Awaitable<readonly GroupCount[]>
  /** Newest first. */
  exemplars(groupId: number): Awaitable<readonly ExemplarView[]>
  /** Groups whose name, message or fingerprint has the text, most frequent first. */
  search(text: string, limit: number): Awaitable<readonly GroupRecord[]>
  /** Groups that have an example of the trace. */
  searchTrace(traceId: string, limit: number): Awaitable<readonly GroupRecord[]>
}
