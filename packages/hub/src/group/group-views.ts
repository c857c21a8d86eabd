import type { GroupDetailView, GroupListView, GroupSummary, Severity } from 'breakwater/protocol'
import { rangeView, type ResolvedRange } from '../analyse/range.ts'
import type { CountedGroup, GroupCount, GroupRecord, GroupSort } from '../store/group-store.ts'
import type { Store } from '../store/store.ts'
import { decodeCursor, encodeCursor } from './group-cursor.ts'
import { countSeries, sparkline } from './count-series.ts'

/** Which groups are to be shown. */
export interface GroupViewQuery {
  readonly range: ResolvedRange
  readonly sort: GroupSort
  readonly limit: number
  readonly service?: string
  readonly environment?: string
  readonly category?: string
  readonly severity?: Severity
  readonly text?: string
  readonly cursor?: string
}

/** A page of groups. */
export async function readGroupList(store: Store, query: GroupViewQuery): Promise<GroupListView> {
  const { range, cursor, ...filter } = query
  const { coarse } = range
  const after = cursor === undefined ? {} : { after: decodeCursor(cursor) }
  const { total, groups } = await store.groups.list({ ...filter, ...coarse, ...after })
  const counts = await store.groups.counts(
    groups.map(({ group }) => group.id),
    coarse,
  )
  const byGroup = Map.groupBy(counts, ({ groupId }) => groupId)
  const last = groups.length < query.limit ? undefined : groups.at(-1)
  return {
    range: { ...rangeView(range), from: coarse.from, to: coarse.to },
    total,
    groups: groups.map((counted) => summaryOf(counted, byGroup.get(counted.group.id) ?? [], range)),
    nextCursor:
      last === undefined ? null : encodeCursor({ value: sortValue(last, query.sort), id: last.group.id }),
  }
}

/** Everything of one group; undefined when there is none. */
export async function readGroupDetail(
  store: Store,
  query: { readonly fingerprint: string; readonly range: ResolvedRange },
): Promise<GroupDetailView | undefined> {
  const { range, fingerprint } = query
  const group = await store.groups.find(fingerprint)
  if (group === undefined) return undefined
  const counts = await store.groups.counts([group.id], range.coarse)
  const exemplars = await store.groups.exemplars(group.id)
  const count = counts.reduce((sum, part) => sum + part.count, 0)
  const series = countSeries(counts, range)
  return {
    ...summaryOf({ group, count }, counts, range),
    range: { from: range.coarse.from, to: range.coarse.to, stepMs: series.stepMs },
    groupedBy: group.groupedBy,
    byService: sumBy(counts, ({ service }) => service).map(([, [first, sum]]) => ({
      service: first.service,
      count: sum,
    })),
    byOperation: sumBy(counts, ({ service, operation }) => JSON.stringify([service, operation])).map(
      ([, [{ service, operation }, sum]]) => ({ service, operation, count: sum }),
    ),
    series: { at: series.at, counts: series.counts },
    exemplars,
    withoutExemplar: Math.max(0, group.countEver - exemplars.length),
  }
}

function summaryOf(
  { group, count }: CountedGroup,
  counts: readonly GroupCount[],
  range: ResolvedRange,
): GroupSummary {
  return {
    id: group.fingerprint,
    ...describe(group),
    count,
    services: [...new Set(counts.map(({ service }) => service))].sort(),
    sparkline: sparkline(counts, range),
  }
}

type Described = Omit<GroupSummary, 'id' | 'count' | 'services' | 'sparkline'>

function describe(group: GroupRecord): Described {
  const { name, message, culprit, category, severity, retryability, countEver, firstSeenAt, lastSeenAt } =
    group
  return { name, message, culprit, category, severity, retryability, countEver, firstSeenAt, lastSeenAt }
}

function sortValue({ group, count }: CountedGroup, sort: GroupSort): number {
  if (sort === 'count') return count
  return sort === 'last' ? group.lastSeenAt : group.firstSeenAt
}

function sumBy(
  counts: readonly GroupCount[],
  keyOf: (count: GroupCount) => string,
): [string, [GroupCount, number]][] {
  const sums = new Map<string, [GroupCount, number]>()
  for (const part of counts) {
    const key = keyOf(part)
    sums.set(key, [part, (sums.get(key)?.[1] ?? 0) + part.count])
  }
  return [...sums].sort(([, [, a]], [, [, b]]) => b - a)
}
