import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { OperationHit, OutcomeStore, Rollup, RollupQuery } from '../outcome-store.ts'
import { decodeBuckets } from './latency-blob.ts'
import { outcomeTotals } from './outcome-columns.ts'
import { containing, type Row, textOf } from './row.ts'

/** Reads rollups. */
export class OutcomeReader implements OutcomeStore {
  readonly #rollups: StatementSync
  readonly #search: StatementSync

  constructor(database: DatabaseSync) {
    this.#rollups = database.prepare(`
      SELECT s.service, s.operation, r.* FROM series s JOIN rollups r ON r.series_id = s.id
      WHERE s.is_total = :isTotal AND (:service IS NULL OR s.service = :service)
        AND (:environment IS NULL OR s.environment = :environment)
        AND r.step_ms = :stepMs AND r.at >= :from AND r.at < :to`)
    this.#search = database.prepare(`
      SELECT DISTINCT service, operation FROM series
      WHERE is_total = 0 AND operation LIKE ? ESCAPE '\\' AND operation <> ''
      ORDER BY length(operation), operation, service LIMIT ?`)
  }

  /** One rollup for each service and step. */
  ofServices(query: RollupQuery): Iterable<Rollup> {
    return this.#read(query, 1)
  }

  /** One rollup for each operation of a service and step. */
  ofOperations(query: RollupQuery & { readonly service: string }): Iterable<Rollup> {
    return this.#read(query, 0)
  }

  /** Operations whose name contains the text. */
  search(text: string, limit: number): readonly OperationHit[] {
    const rows = this.#search.all(containing(text), limit)
    return rows.map((row) => ({ service: textOf(row, 'service'), operation: textOf(row, 'operation') }))
  }

  *#read(query: RollupQuery, isTotal: number): Iterable<Rollup> {
    const { stepMs, from, to, service, environment } = query
    const filter = { isTotal, stepMs, from, to, service: service ?? null, environment: environment ?? null }
    for (const row of this.#rollups.all(filter)) yield rollupOf(row)
  }
}

function rollupOf(row: Row): Rollup {
  const latency = row['latency'] instanceof Uint8Array ? row['latency'] : new Uint8Array()
  return {
    ...outcomeTotals(row),
    at: Number(row['at']),
    service: textOf(row, 'service'),
    operation: textOf(row, 'operation'),
    latency: {
      sumMs: Number(row['latency_sum_ms']),
      maxMs: Number(row['latency_max_ms']),
      buckets: decodeBuckets(latency),
    },
  }
}
