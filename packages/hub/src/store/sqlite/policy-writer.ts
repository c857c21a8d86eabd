import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { PolicyFacts, Report } from 'breakwater/protocol'
import type { HubLimits } from '../../config/hub-limits.ts'
import { BreakerHistoryWriter } from './breaker-history-writer.ts'
import { maxSum } from './outcome-columns.ts'
import { PolicyIds } from './policy-ids.ts'
import { bookedAt, stepStart } from './time-steps.ts'

const steps = [60_000, 3_600_000]

interface PendingState {
  readonly key: readonly [number, number]
  readonly at: number
  readonly facts: PolicyFacts
}

/** Adds policies' counters to their rollups and keeps how each instance's part stands. */
export class PolicyWriter {
  readonly ids: PolicyIds
  readonly #history: BreakerHistoryWriter
  readonly #counters = new Map<string, { key: readonly [number, number, number, string]; value: number }>()
  readonly #states = new Map<string, PendingState>()
  readonly #upsertCounter: StatementSync
  readonly #upsertState: StatementSync
  #leftOut = 0

  constructor(database: DatabaseSync, limits: HubLimits) {
    this.ids = new PolicyIds(database, limits)
    this.#history = new BreakerHistoryWriter(database)
    this.#upsertCounter = database.prepare(`
      INSERT INTO policy_counters (policy_id, step_ms, at, name, value) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET value = min(value + excluded.value, ${maxSum})`)
    this.#upsertState = database.prepare(`
      INSERT INTO policy_states (policy_id, instance_id, at, gauges, breaker) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET at = excluded.at, gauges = excluded.gauges, breaker = excluded.breaker`)
  }

  /** Takes a report's policies. */
  add(report: Report, instanceId: number): void {
    const at = bookedAt(report)
    const place = { service: report.identity.service, environment: report.identity.environment ?? '' }
    for (const facts of report.policies) {
      const policyId = this.ids.of(place, facts, at)
      if (policyId === undefined) {
        this.#leftOut++
        continue
      }
      this.#addCounters(policyId, at, facts)
      this.#states.set(`${policyId}:${instanceId}`, { key: [policyId, instanceId], at, facts })
      if (facts.breaker !== undefined) {
        const { name, breaker } = facts
        this.#history.add({ policyId, instanceId, name, breaker, events: report.events, at })
      }
    }
  }

  /** Writes what was taken. */
  flush(): void {
    for (const { key, value } of this.#counters.values()) this.#upsertCounter.run(...key, value)
    for (const { key, at, facts } of this.#states.values()) {
      const breaker = facts.breaker === undefined ? null : JSON.stringify(facts.breaker)
      this.#upsertState.run(...key, at, JSON.stringify(facts.gauges), breaker)
    }
    this.#counters.clear()
    this.#states.clear()
  }

  /** Policies that were left out since this was asked last. */
  takeLeftOut(): number {
    const leftOut = this.#leftOut
    this.#leftOut = 0
    return leftOut
  }

  /** Drops what was taken and not written, and what was learned in a transaction that was rolled back. */
  forget(): void {
    this.ids.forget()
    this.#history.forget()
    this.#counters.clear()
    this.#states.clear()
    this.#leftOut = 0
  }

  #addCounters(policyId: number, at: number, facts: PolicyFacts): void {
    for (const [name, value] of Object.entries(facts.counters)) {
      if (value === 0) continue
      for (const stepMs of steps) {
        const start = stepStart(at, stepMs)
        const key = `${policyId}:${stepMs}:${start}:${name}`
        const sum = (this.#counters.get(key)?.value ?? 0) + value
        this.#counters.set(key, { key: [policyId, stepMs, start, name], value: sum })
      }
    }
  }
}
