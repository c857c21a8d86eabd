import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { BreakerFacts, EventFacts, EventType } from 'breakwater/protocol'
import type { BreakerCondition } from '../policy-store.ts'

/** One breaker of one report. */
interface ReportedBreaker {
  readonly policyId: number
  readonly instanceId: number
  readonly name: string
  readonly breaker: BreakerFacts
  readonly events: readonly EventFacts[]
  /** When the report's interval ended. */
  readonly at: number
}

interface LastChange {
  readonly at: number
  readonly state: string
}

const stateAfter: Readonly<Partial<Record<EventType, BreakerCondition>>> = {
  CircuitOpened: 'open',
  CircuitHalfOpened: 'half-open',
  CircuitClosed: 'closed',
}

const maxRemembered = 50_000

/** Writes a row for each change of a breaker: those that events tell, and the one that the report ends with. */
export class BreakerHistoryWriter {
  readonly #last = new Map<string, LastChange>()
  readonly #insert: StatementSync
  readonly #findLast: StatementSync

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(`
      INSERT INTO breaker_history (policy_id, instance_id, at, state) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET state = excluded.state`)
    this.#findLast = database.prepare(
      'SELECT at, state FROM breaker_history WHERE policy_id = ? AND instance_id = ? ORDER BY at DESC LIMIT 1',
    )
  }

  /** Takes how a breaker stands at the end of a report. */
  add(reported: ReportedBreaker): void {
    const { breaker } = reported
    if (breaker.override === 'automatic') this.#addEvents(reported)
    const state = breaker.override === 'automatic' ? breaker.state : breaker.override
    const last = this.#lastChange(reported)
    if (last?.state === state) return
    // An override leaves `since` where it was; what was true until now must not be written over.
    const isNews = last === undefined || breaker.since > last.at
    this.#write(reported, { at: isNews ? breaker.since : Math.max(reported.at, last.at + 1), state })
  }

  /** Forgets what was written. */
  forget(): void {
    this.#last.clear()
  }

  #addEvents(reported: ReportedBreaker): void {
    for (const event of reported.events) {
      const state = stateAfter[event.type]
      const isOlder = event.at <= (this.#lastChange(reported)?.at ?? -1)
      if (state !== undefined && event.policy === reported.name && !isOlder) {
        this.#write(reported, { at: event.at, state })
      }
    }
  }

  #write(reported: ReportedBreaker, change: LastChange): void {
    this.#insert.run(reported.policyId, reported.instanceId, change.at, change.state)
    this.#remember(reported, change)
  }

  #lastChange(reported: ReportedBreaker): LastChange | undefined {
    const known = this.#last.get(`${reported.policyId}:${reported.instanceId}`)
    if (known !== undefined) return known
    const row = this.#findLast.get(reported.policyId, reported.instanceId)
    if (row === undefined) return undefined
    return this.#remember(reported, { at: Number(row['at']), state: String(row['state']) })
  }

  #remember({ policyId, instanceId }: ReportedBreaker, change: LastChange): LastChange {
    if (this.#last.size >= maxRemembered) this.#last.clear()
    this.#last.set(`${policyId}:${instanceId}`, change)
    return change
  }
}
