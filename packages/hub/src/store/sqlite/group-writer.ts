import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { FaultFacts, Report } from 'breakwater/protocol'
import type { HubLimits } from '../../config/hub-limits.ts'
import type { ExemplarWriter } from './exemplar-writer.ts'
import { GroupRows, type WritableGroup } from './group-rows.ts'
import { maxSum } from './outcome-columns.ts'
import { type PendingCount, PendingGroup } from './pending-group.ts'
import type { SeriesIds } from './series-ids.ts'
import { stepStart } from './time-steps.ts'

const steps = [60_000, 3_600_000]

/** Counts faults in their groups, exactly, and hands their examples on. */
export class GroupWriter {
  readonly #rows: GroupRows
  readonly #series: SeriesIds
  readonly #exemplars: ExemplarWriter
  readonly #pending = new Map<string, PendingGroup>()
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
      const pending = this.#pending.get(fault.fingerprint) ?? new PendingGroup(fault)
      pending.add(report, fault)
      this.#pending.set(fault.fingerprint, pending)
    }
  }

  /** Writes what was taken. */
  flush(): void {
    for (const pending of this.#pending.values()) {
      const group = this.#rows.add(pending.facts) ?? this.#fold(pending.facts)
      for (const count of pending.counts()) this.#count(group.id, count)
      this.#exemplars.write(group, pending.exemplars)
    }
    this.#pending.clear()
  }

  /** Groups that were counted in the overflow group since this was asked last. */
  takeFolded(): number {
    const folded = this.#folded
    this.#folded = 0
    return folded
  }

  /** Drops what was taken and not written. */
  forget(): void {
    this.#pending.clear()
    this.#folded = 0
  }

  #fold(facts: FaultFacts): WritableGroup {
    this.#folded++
    return this.#rows.addToOverflow(facts)
  }

  #count(groupId: number, { place, operation, minute, count }: PendingCount): void {
    const seriesId = this.#series.ofOperation(place, operation, minute)
    for (const stepMs of steps)
      this.#upsertCount.run(stepMs, stepStart(minute, stepMs), groupId, seriesId, count)
  }
}
