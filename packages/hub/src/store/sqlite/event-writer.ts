import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Report } from 'breakwater/protocol'

/** Writes the events of reports. */
export class EventWriter {
  readonly #insert: StatementSync

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(`
      INSERT INTO events (at, type, service, environment, instance, message, policy, operation, details)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  }

  /** Writes a report's events. */
  add(report: Report): void {
    const { service, environment, instance } = report.identity
    for (const event of report.events) {
      const details = event.details === undefined ? null : JSON.stringify(event.details)
      const where = [event.policy ?? null, event.operation ?? null, details]
      this.#insert.run(event.at, event.type, service, environment ?? '', instance, event.message, ...where)
    }
  }
}
