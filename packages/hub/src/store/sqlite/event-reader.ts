import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { MarkView } from 'breakwater/protocol'
import type { EventQuery, EventStore } from '../event-store.ts'
import { textOf, textOrNull } from './row.ts'

/** Reads events. */
export class EventReader implements EventStore {
  readonly #marks: StatementSync

  constructor(database: DatabaseSync) {
    this.#marks = database.prepare(`
      SELECT * FROM (
        SELECT * FROM events WHERE at >= :from AND at < :to AND (:service IS NULL OR service = :service)
          AND (:environment IS NULL OR environment = :environment)
        ORDER BY at DESC, id DESC LIMIT :limit
      ) ORDER BY at, id`)
  }

  /** The newest that match, oldest of them first. */
  marks(query: EventQuery): readonly MarkView[] {
    const { from, to, limit, service, environment } = query
    const filter = { from, to, limit, service: service ?? null, environment: environment ?? null }
    return this.#marks.all(filter).map((row) => ({
      at: Number(row['at']),
      type: textOf(row, 'type'),
      service: textOf(row, 'service'),
      instance: textOf(row, 'instance'),
      message: textOf(row, 'message'),
      policy: textOrNull(row, 'policy'),
      operation: textOrNull(row, 'operation'),
    }))
  }
}
