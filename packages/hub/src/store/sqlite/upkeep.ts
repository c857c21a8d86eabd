import type { DatabaseSync } from 'node:sqlite'
import type { HubLimits } from '../../config/hub-limits.ts'
import type { Evicted, RetentionEdges, StoreUpkeep } from '../store.ts'
import { ageRules, type DeletionRule } from './age-rules.ts'
import { evictSomeExemplars } from './exemplar-eviction.ts'
import type { ReportWriter } from './report-writer.ts'
import { inTransaction } from './transaction.ts'

type Progress = Evicted & { readonly isDone: boolean }

const vacuumPages = 512

/** Deletes what is too old or too much. */
export class SqliteUpkeep implements StoreUpkeep {
  readonly #database: DatabaseSync
  readonly #writer: ReportWriter
  readonly #limits: HubLimits
  #evictedExemplars = 0

  constructor(database: DatabaseSync, parts: { writer: ReportWriter; limits: HubLimits }) {
    this.#database = database
    this.#writer = parts.writer
    this.#limits = parts.limits
  }

  /** Deletes at most one batch of what is older. */
  evictOlder(edges: RetentionEdges): Progress {
    for (const rule of ageRules) {
      const deleted = inTransaction(this.#database, () => this.#run(rule, edges))
      if (deleted > 0) return this.#progress(rule, deleted)
    }
    return { rows: 0, exemplars: 0, instances: 0, isDone: true }
  }

  /** Deletes one batch of the least relevant facts while there are more than the limits allow. */
  evictBeyond(maxBytes: number): Progress {
    const isBeyond = this.bytes() > maxBytes
    const exemplars = inTransaction(this.#database, () =>
      evictSomeExemplars(this.#database, isBeyond ? 0 : this.#limits.exemplarBytes),
    )
    const events = this.#evictEvents()
    const rows = events + (isBeyond && exemplars + events === 0 ? this.#evictOldest() : 0)
    if (exemplars + rows > 0) this.#afterDeletion()
    this.#evictedExemplars += exemplars
    return { rows, exemplars, instances: 0, isDone: exemplars + rows === 0 }
  }

  /** Bytes that are in use, the log of recent writes not counted. */
  bytes(): number {
    return (this.#pragma('page_count') - this.#pragma('freelist_count')) * this.#pragma('page_size')
  }

  /** Exemplars that were deleted since the store was opened. */
  evictedExemplars(): number {
    return this.#evictedExemplars + this.#writer.evictedExemplars()
  }

  #run(rule: DeletionRule, edges: RetentionEdges): number {
    const edge = rule.edge === 'fine' ? edges.fine : edges.rest
    return Number(this.#database.prepare(rule.sql).run({ edge }).changes)
  }

  #progress(rule: DeletionRule, deleted: number): Progress {
    this.#afterDeletion()
    const none = { rows: 0, exemplars: 0, instances: 0, isDone: false }
    if (rule.of === 'exemplars') this.#evictedExemplars += deleted
    return { ...none, [rule.of]: deleted }
  }

  #evictEvents(): number {
    const sql = 'DELETE FROM events WHERE id <= (SELECT max(id) FROM events) - ?'
    return Number(this.#database.prepare(sql).run(this.#limits.events).changes)
  }

  // The oldest tenth of the time that is kept, a batch of each kind of row.
  #evictOldest(): number {
    const times = this.#database.prepare('SELECT min(at) AS oldest, max(at) AS newest FROM rollups').get()
    if (typeof times?.['oldest'] !== 'number') return 0
    const spanMs = Number(times['newest']) - times['oldest']
    const edge = times['oldest'] + Math.max(1, Math.floor(spanMs / 10))
    return inTransaction(this.#database, () =>
      ageRules.reduce((sum, rule) => sum + this.#run(rule, { fine: edge, rest: edge }), 0),
    )
  }

  #afterDeletion(): void {
    this.#writer.forget()
    this.#database.exec(`PRAGMA incremental_vacuum(${vacuumPages})`)
  }

  #pragma(name: string): number {
    return Number(this.#database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0)
  }
}
