import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Report } from 'breakwater/protocol'
import { maxSum, outcomeColumnNames } from './outcome-columns.ts'
import { PendingOutcomes } from './pending-outcomes.ts'
import type { SeriesIds } from './series-ids.ts'
import { bookedAt, stepStart } from './time-steps.ts'

const fineStepMs = 5_000
const steps = [fineStepMs, 60_000, 3_600_000]

/** Adds the outcomes of reports to their rollups: what falls together is summed here first, then written. */
export class OutcomeWriter {
  readonly #series: SeriesIds
  readonly #pending = new Map<string, PendingOutcomes>()
  readonly #upsert: StatementSync

  constructor(database: DatabaseSync, series: SeriesIds) {
    this.#series = series
    this.#upsert = database.prepare(upsertSql())
  }

  /** Takes a report's outcomes. */
  add(report: Report): void {
    const at = bookedAt(report)
    const place = { service: report.identity.service, environment: report.identity.environment ?? '' }
    const total = this.#pendingOf(this.#series.ofService(place, at), at)
    // A report without operations still says that the service was there: a zero, not a gap.
    for (const facts of report.operations) {
      total.add(facts, facts.latency)
      this.#pendingOf(this.#series.ofOperation(place, facts.operation, at), at).add(facts, facts.latency)
    }
  }

  /** Writes what was taken. */
  flush(): void {
    for (const pending of this.#pending.values()) {
      const { seriesId, at, values, sumMs, maxMs } = pending
      const latency = pending.latency()
      for (const stepMs of steps) {
        this.#upsert.run(seriesId, stepMs, stepStart(at, stepMs), ...values, sumMs, maxMs, latency)
      }
    }
    this.#pending.clear()
  }

  /** Drops what was taken and not written. */
  forget(): void {
    this.#pending.clear()
  }

  #pendingOf(seriesId: number, at: number): PendingOutcomes {
    const start = stepStart(at, fineStepMs)
    const key = `${seriesId}:${start}`
    const pending = this.#pending.get(key) ?? new PendingOutcomes(seriesId, start)
    this.#pending.set(key, pending)
    return pending
  }
}

function upsertSql(): string {
  const columns = [
    'series_id',
    'step_ms',
    'at',
    ...outcomeColumnNames,
    'latency_sum_ms',
    'latency_max_ms',
    'latency',
  ]
  const sums = outcomeColumnNames.map((name) => `${name} = min(${name} + excluded.${name}, ${maxSum})`)
  return `
    INSERT INTO rollups (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT (series_id, step_ms, at) DO UPDATE SET ${sums.join(', ')},
      latency_sum_ms = latency_sum_ms + excluded.latency_sum_ms,
      latency_max_ms = max(latency_max_ms, excluded.latency_max_ms),
      latency = merge_latency(latency, excluded.latency)`
}
