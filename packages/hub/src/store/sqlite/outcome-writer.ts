import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { LatencyFacts, OutcomeTotals, Report } from 'breakwater/protocol'
import { encodeBuckets, mergeBuckets } from './latency-blob.ts'
import { maxSum, outcomeColumnNames, outcomeValues } from './outcome-columns.ts'
import type { SeriesIds } from './series-ids.ts'
import { bookedAt, stepStart } from './time-steps.ts'

const steps = [5_000, 60_000, 3_600_000]

/** What is to be added to one row. */
interface PendingRollup {
  readonly key: readonly [number, number, number]
  readonly values: number[]
  sumMs: number
  maxMs: number
  latency: Uint8Array
}

/** Adds the outcomes of reports to their rollups: rows are summed here first, then written once each. */
export class OutcomeWriter {
  readonly #series: SeriesIds
  readonly #pending = new Map<string, PendingRollup>()
  readonly #upsert: StatementSync

  constructor(database: DatabaseSync, series: SeriesIds) {
    this.#series = series
    this.#upsert = database.prepare(upsertSql())
  }

  /** Takes a report's outcomes. */
  add(report: Report): void {
    const at = bookedAt(report)
    const place = { service: report.identity.service, environment: report.identity.environment ?? '' }
    const total = this.#series.ofService(place, at)
    // A report without operations still says that the service was there: a zero, not a gap.
    if (report.operations.length === 0) this.#addTo(total, at, { totals: nothing, latency: noLatency })
    for (const facts of report.operations) {
      const latency = { ...facts.latency, blob: encodeBuckets(facts.latency.buckets) }
      this.#addTo(total, at, { totals: facts, latency })
      this.#addTo(this.#series.ofOperation(place, facts.operation, at), at, { totals: facts, latency })
    }
  }

  /** Writes what was taken. */
  flush(): void {
    for (const { key, values, sumMs, maxMs, latency } of this.#pending.values()) {
      this.#upsert.run(...key, ...values, sumMs, maxMs, latency)
    }
    this.#pending.clear()
  }

  /** Drops what was taken and not written. */
  forget(): void {
    this.#pending.clear()
  }

  #addTo(seriesId: number, at: number, facts: { totals: OutcomeTotals; latency: EncodedLatency }): void {
    const values = outcomeValues(facts.totals)
    for (const stepMs of steps) {
      const start = stepStart(at, stepMs)
      const key = `${seriesId}:${stepMs}:${start}`
      const pending = this.#pending.get(key)
      if (pending === undefined) {
        const { sumMs, maxMs, blob } = facts.latency
        this.#pending.set(key, {
          key: [seriesId, stepMs, start],
          values: [...values],
          sumMs,
          maxMs,
          latency: blob,
        })
      } else addTo(pending, values, facts.latency)
    }
  }
}

interface EncodedLatency extends LatencyFacts {
  readonly blob: Uint8Array
}

const noLatency: EncodedLatency = { sumMs: 0, maxMs: 0, buckets: [], blob: new Uint8Array() }

const nothing: OutcomeTotals = {
  calls: 0,
  successes: 0,
  failures: 0,
  rejections: 0,
  cancellations: 0,
  attempts: 0,
  attemptFailures: 0,
  sparedByRetry: 0,
  sparedByFallback: 0,
  sparedByCache: 0,
  sparedByHedge: 0,
}

function addTo(pending: PendingRollup, values: readonly number[], latency: EncodedLatency): void {
  for (let i = 0; i < values.length; i++) pending.values[i] = (pending.values[i] ?? 0) + (values[i] ?? 0)
  pending.sumMs += latency.sumMs
  pending.maxMs = Math.max(pending.maxMs, latency.maxMs)
  pending.latency = mergeBuckets(pending.latency, latency.blob)
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
