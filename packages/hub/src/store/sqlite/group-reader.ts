import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { ExemplarView, FaultCategory, FaultExemplar, Retryability, Severity } from 'breakwater/protocol'
import type {
  CountedGroup,
  CountRange,
  GroupCount,
  GroupQuery,
  GroupRecord,
  GroupStore,
} from '../group-store.ts'
import { listGroupsSql } from './list-groups.ts'
import { containing, type Row, textOf, textOrNull } from './row.ts'

/** Reads groups of faults. */
export class GroupReader implements GroupStore {
  readonly #list: Readonly<Record<GroupQuery['sort'], StatementSync>>
  readonly #find: StatementSync
  readonly #counts: StatementSync
  readonly #exemplars: StatementSync
  readonly #search: StatementSync
  readonly #searchTrace: StatementSync

  constructor(database: DatabaseSync) {
    this.#list = {
      count: database.prepare(listGroupsSql('count')),
      last: database.prepare(listGroupsSql('last')),
      first: database.prepare(listGroupsSql('first')),
    }
    this.#find = database.prepare('SELECT * FROM groups WHERE fingerprint = ?')
    this.#counts = database.prepare(`
      SELECT c.group_id, c.at, s.service, s.operation, total(c.count) AS count
      FROM group_counts c JOIN series s ON s.id = c.series_id
      WHERE c.group_id IN (SELECT value FROM json_each(?)) AND c.step_ms = ? AND c.at >= ? AND c.at < ?
      GROUP BY c.group_id, c.at, s.service, s.operation ORDER BY c.at`)
    this.#exemplars = database.prepare('SELECT * FROM exemplars WHERE group_id = ? ORDER BY at DESC, id DESC')
    this.#search = database.prepare(`
      SELECT * FROM groups WHERE name LIKE :text ESCAPE '\\' OR message LIKE :text ESCAPE '\\'
        OR fingerprint LIKE :text ESCAPE '\\' ORDER BY count_ever DESC, id LIMIT :limit`)
    this.#searchTrace = database.prepare(`
      SELECT * FROM groups WHERE id IN (SELECT group_id FROM exemplars WHERE trace_id = ?)
      ORDER BY last_seen_at DESC LIMIT ?`)
  }

  /** The groups that match, in order, and how many match beyond the limit. */
  list(query: GroupQuery): { readonly total: number; readonly groups: readonly CountedGroup[] } {
    const { stepMs, from, to, service, environment, severity, limit, after } = query
    const rows = this.#list[query.sort].all({
      ...{ stepMs, from, to, limit, service: service ?? null, environment: environment ?? null },
      severity: severity ?? null,
      category: query.category ?? null,
      text: query.text === undefined ? null : containing(query.text),
      afterValue: after?.value ?? null,
      afterId: after?.id ?? 0,
    })
    const groups = rows.filter((row) => row['id'] !== null)
    const total = Number(rows[0]?.['total'] ?? 0)
    return {
      total,
      groups: groups.map((row) => ({ group: groupOf(row), count: Number(row['range_count']) })),
    }
  }

  /** The group of a fingerprint. */
  find(fingerprint: string): GroupRecord | undefined {
    const row = this.#find.get(fingerprint)
    return row === undefined ? undefined : groupOf(row)
  }

  /** How often groups happened in each step, by where. */
  counts(groupIds: readonly number[], range: CountRange): readonly GroupCount[] {
    return this.#counts.all(JSON.stringify(groupIds), range.stepMs, range.from, range.to).map((row) => ({
      groupId: Number(row['group_id']),
      at: Number(row['at']),
      service: textOf(row, 'service'),
      operation: textOf(row, 'operation'),
      count: Number(row['count']),
    }))
  }

  /** Newest first. */
  exemplars(groupId: number): readonly ExemplarView[] {
    return this.#exemplars.all(groupId).map((row) => ({
      ...(JSON.parse(textOf(row, 'body')) as FaultExemplar),
      service: textOf(row, 'service'),
      instance: textOf(row, 'instance'),
      version: textOrNull(row, 'version'),
    }))
  }

  /** Groups whose name, message or fingerprint has the text, most frequent first. */
  search(text: string, limit: number): readonly GroupRecord[] {
    return this.#search.all({ text: containing(text), limit }).map(groupOf)
  }

  /** Groups that have an example of the trace. */
  searchTrace(traceId: string, limit: number): readonly GroupRecord[] {
    return this.#searchTrace.all(traceId, limit).map(groupOf)
  }
}

function groupOf(row: Row): GroupRecord {
  return {
    id: Number(row['id']),
    fingerprint: textOf(row, 'fingerprint'),
    groupedBy: textOf(row, 'grouped_by'),
    name: textOf(row, 'name'),
    message: textOf(row, 'message'),
    culprit: textOf(row, 'culprit'),
    category: textOf(row, 'category') as FaultCategory,
    severity: textOf(row, 'severity') as Severity,
    retryability: textOf(row, 'retryability') as Retryability,
    countEver: Number(row['count_ever']),
    firstSeenAt: Number(row['first_seen_at']),
    lastSeenAt: Number(row['last_seen_at']),
  }
}
