import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { AuditEntry, Override, OverrideMode } from 'breakwater/protocol'
import type { OverrideStore, ServiceOverrides } from '../override-store.ts'
import { type Row, textOf } from './row.ts'
import { inTransaction } from './transaction.ts'

/** Keeps what people ordered, and the trail of it. */
export class OverrideRows implements OverrideStore {
  readonly #database: DatabaseSync
  readonly #ofService: StatementSync
  readonly #all: StatementSync
  readonly #revision: StatementSync
  readonly #audit: StatementSync

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#ofService = database.prepare('SELECT * FROM overrides WHERE service = ? ORDER BY policy')
    this.#all = database.prepare('SELECT * FROM overrides ORDER BY service, policy')
    this.#revision = database.prepare('SELECT revision FROM control_revisions WHERE service = ?')
    this.#audit = database.prepare('SELECT * FROM audit ORDER BY id DESC LIMIT ?')
  }

  /** Puts an override in force (`automatic` takes it away), writes the trail and raises the service's revision. */
  put(override: Override): ServiceOverrides {
    return inTransaction(this.#database, () => {
      const { service, policy, mode } = override
      const before = this.ofService(service).overrides.find((other) => other.policy === policy)
      if (mode === 'automatic') this.#remove(override)
      else this.#write(override)
      this.#writeAudit(override, before?.mode ?? 'automatic')
      this.#raiseRevision(service)
      return this.ofService(service)
    })
  }

  /** What is in force in a service. */
  ofService(service: string): ServiceOverrides {
    const revision = Number(this.#revision.get(service)?.['revision'] ?? 0)
    return { revision, overrides: this.#ofService.all(service).map(overrideOf) }
  }

  /** What is in force anywhere. */
  all(): readonly Override[] {
    return this.#all.all().map(overrideOf)
  }

  /** Newest first. */
  audit(limit: number): readonly AuditEntry[] {
    return this.#audit.all(limit).map((row) => ({
      id: Number(row['id']),
      at: Number(row['at']),
      action: textOf(row, 'action'),
      by: textOf(row, 'by'),
      reason: textOf(row, 'reason'),
      service: textOf(row, 'service'),
      policy: textOf(row, 'policy'),
      before: textOf(row, 'before'),
      after: textOf(row, 'after'),
    }))
  }

  #remove({ service, policy }: Override): void {
    this.#database.prepare('DELETE FROM overrides WHERE service = ? AND policy = ?').run(service, policy)
  }

  #write({ service, policy, mode, reason, by, at }: Override): void {
    const sql =
      'INSERT OR REPLACE INTO overrides (service, policy, mode, reason, by, at) VALUES (?, ?, ?, ?, ?, ?)'
    this.#database.prepare(sql).run(service, policy, mode, reason, by, at)
  }

  #writeAudit({ service, policy, mode, reason, by, at }: Override, before: OverrideMode): void {
    const sql =
      "INSERT INTO audit (at, action, by, reason, service, policy, before, after) VALUES (?, 'override', ?, ?, ?, ?, ?, ?)"
    this.#database.prepare(sql).run(at, by, reason, service, policy, before, mode)
  }

  #raiseRevision(service: string): void {
    const sql =
      'INSERT INTO control_revisions (service, revision) VALUES (?, 1) ON CONFLICT DO UPDATE SET revision = revision + 1'
    this.#database.prepare(sql).run(service)
  }
}

function overrideOf(row: Row): Override {
  return {
    service: textOf(row, 'service'),
    policy: textOf(row, 'policy'),
    mode: textOf(row, 'mode') as OverrideMode,
    reason: textOf(row, 'reason'),
    by: textOf(row, 'by'),
    at: Number(row['at']),
  }
}
