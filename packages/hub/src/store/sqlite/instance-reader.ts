import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { InstanceRecord, InstanceStore } from '../instance-store.ts'
import { droppedOf, stateOf } from './instance-rows.ts'
import { outcomeTotals } from './outcome-columns.ts'
import { containing, readNumbers, type Row, textOf } from './row.ts'

/** Reads the processes that report. */
export class InstanceReader implements InstanceStore {
  readonly #ofService: StatementSync
  readonly #recent: StatementSync
  readonly #search: StatementSync
  readonly #has: StatementSync

  constructor(database: DatabaseSync) {
    this.#ofService = database.prepare(
      'SELECT * FROM instances WHERE service = ? ORDER BY last_seen_at DESC, id DESC LIMIT 1000',
    )
    this.#recent = database.prepare(`
      SELECT * FROM instances WHERE (:environment IS NULL OR environment = :environment) AND (last_seen_at >= :since
        OR id IN (SELECT id FROM (SELECT id, max(last_seen_at) FROM instances
          WHERE :environment IS NULL OR environment = :environment GROUP BY service)))
      ORDER BY service, last_seen_at DESC, id DESC`)
    this.#search = database.prepare(`
      SELECT DISTINCT service FROM instances WHERE service LIKE ? ESCAPE '\\' ORDER BY length(service), service LIMIT ?`)
    this.#has = database.prepare('SELECT 1 FROM instances WHERE service = ? LIMIT 1')
  }

  /** Newest first, at most 1,000. */
  ofService(service: string): readonly InstanceRecord[] {
    return this.#ofService.all(service).map(instanceOf)
  }

  /** Of each service those heard of at or after `since`, and always the newest one. */
  recent(query: { readonly since: number; readonly environment?: string }): readonly InstanceRecord[] {
    const filter = { since: query.since, environment: query.environment ?? null }
    return this.#recent.all(filter).map(instanceOf)
  }

  /** Services whose name contains the text. */
  searchServices(text: string, limit: number): readonly string[] {
    return this.#search.all(containing(text), limit).map((row) => textOf(row, 'service'))
  }

  /** Whether any instance of the service ever reported. */
  hasService(service: string): boolean {
    return this.#has.get(service) !== undefined
  }
}

function instanceOf(row: Row): InstanceRecord {
  const text = (column: string): string | undefined => textOf(row, column) || undefined
  const [version, environment, host] = [text('version'), text('environment'), text('host')]
  return {
    id: Number(row['id']),
    service: textOf(row, 'service'),
    instance: textOf(row, 'instance'),
    ...(version === undefined ? {} : { version }),
    ...(environment === undefined ? {} : { environment }),
    ...(host === undefined ? {} : { host }),
    ...(row['pid'] === null ? {} : { pid: Number(row['pid']) }),
    startedAt: Number(row['started_at']),
    firstSeenAt: Number(row['first_seen_at']),
    lastSeenAt: Number(row['last_seen_at']),
    state: stateOf(row),
    lastSequence: Number(row['last_sequence']),
    missingReports: Number(row['missing_reports']),
    dropped: droppedOf(row),
    lifetime: outcomeTotals(row),
    inFlight: readNumbers(row['in_flight']),
  }
}
