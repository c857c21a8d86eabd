import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { FaultFacts, Report } from 'breakwater/protocol'
import type { HubLimits } from '../../config/hub-limits.ts'
import type { ExemplarWriter } from './exemplar-writer.ts'
import { GroupRows } from './group-rows.ts'
import { maxSum } from './outcome-columns.ts'
import type { SeriesIds } from './series-ids.ts'
import { stepStart } from './time-steps.ts'

const steps = [60_000, 3_600_000]

type CountKey = readonly [number, number, number, number]

/** Counts faults in their groups, exactly, and hands their examples on. */
export class GroupWriter {
  readonly #rows: GroupRows
  readonly #series: SeriesIds
  readonly #exemplars: ExemplarWriter
  readonly #counts = new Map<string, { readonly key: CountKey; count: number }>()
  readonly #upsertCount: StatementSync
  #folded = 0

  constructor(
    database: DatabaseSync,
    parts: { limits: HubLimits; series: SeriesIds; exemplars: ExemplarWriter },
  ) {
    this.#rows = new GroupRows(database, parts.limits.groups)
    this.#series = parts.series
    this.#exemplars = parts.exemplars
    this.#upsertCount = database.prepare(`
      INSERT INTO group_counts (step_ms, at, group_id, series_id, count) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET count = min(count + excluded.count, ${maxSum})`)
  }

  /** Takes a report's faults. */
  add(report: Report): void {
    for (const fault of report.faults) {
      const group = this.#rows.add(fault) ?? this.#fold(fault)
      this.#count(report, fault, group.id)
      this.#exemplars.add(report.identity, fault, group)
    }
  }

  /** Writes what was taken. */
  flush(): void {
    for (const { key, count } of this.#counts.values()) this.#upsertCount.run(...key, count)
    this.#counts.clear()
  }

  /** Faults that were counted in the overflow group since this was asked last. */
  takeFolded(): number {
    const folded = this.#folded
    this.#folded = 0
    return folded
  }

  /** Drops what was taken and not written. */
  forget(): void {
    this.#counts.clear()
    this.#folded = 0
  }

  #fold(fault: FaultFacts): { readonly id: number; readonly isNew: boolean; readonly countBefore: number } {
    this.#folded++
    return this.#rows.addToOverflow(fault)
  }

  #count(report: Report, fault: FaultFacts, groupId: number): void {
    const place = { service: report.identity.service, environment: report.identity.environment ?? '' }
    for (const [operation, count] of Object.entries(fault.operations)) {
      if (count === 0) continue
      const seriesId = this.#series.ofOperation(place, operation, fault.lastAt)
      for (const stepMs of steps) {
        const key: CountKey = [stepMs, stepStart(fault.lastAt, stepMs), groupId, seriesId]
        const pending = this.#counts.get(key.join(':'))
        if (pending === undefined) this.#counts.set(key.join(':'), { key, count })
        else pending.count += count
      }
    }
  }
}
