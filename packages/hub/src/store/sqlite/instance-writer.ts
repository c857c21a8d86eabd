import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { DroppedFacts, OutcomeTotals, Report } from 'breakwater/protocol'
import type { HubLimits } from '../../config/hub-limits.ts'
import type { AppendOutcome, ReceivedReport } from '../append.ts'
import { InstanceRows, type WritableInstance } from './instance-rows.ts'
import { outcomeColumns } from './outcome-columns.ts'

const hourMs = 3_600_000
const backlogMs = 30_000

/** Keeps each instance's sequence and lifetime sums; the one that decides whether a report counts. */
export class InstanceWriter {
  readonly #limits: HubLimits
  readonly #rows: InstanceRows
  readonly #taken = new Map<string, WritableInstance>()
  readonly #countInstances: StatementSync
  readonly #countServices: StatementSync
  readonly #hasService: StatementSync
  readonly #makeRoom: StatementSync

  constructor(database: DatabaseSync, limits: HubLimits) {
    this.#limits = limits
    this.#rows = new InstanceRows(database)
    this.#countInstances = database.prepare('SELECT count(*) AS n FROM instances')
    this.#countServices = database.prepare('SELECT count(DISTINCT service) AS n FROM instances')
    this.#hasService = database.prepare('SELECT 1 FROM instances WHERE service = ? LIMIT 1')
    this.#makeRoom = database.prepare(
      'DELETE FROM instances WHERE id IN (SELECT id FROM instances WHERE last_seen_at < ? ORDER BY last_seen_at LIMIT 100)',
    )
  }

  /** Takes a report if it is the instance's next one; answers the instance's number with what became of it. */
  take(received: ReceivedReport): { readonly outcome: AppendOutcome; readonly instanceId: number } {
    const { report, receivedAt } = received
    const { service, instance } = report.identity
    const known = this.#taken.get(`${service}\n${instance}`) ?? this.#rows.find(service, instance)
    if (known === undefined && !this.#hasRoom(service, receivedAt))
      return { outcome: 'no-room', instanceId: 0 }
    const row = known ?? this.#rows.insert(report.identity, receivedAt)
    if (report.sequence <= row.lastSequence) return { outcome: 'duplicate', instanceId: row.id }
    advance(row, received)
    this.#taken.set(`${service}\n${instance}`, row)
    return { outcome: 'stored', instanceId: row.id }
  }

  /** Writes what was taken. */
  flush(): void {
    for (const row of this.#taken.values()) this.#rows.update(row)
    this.#taken.clear()
  }

  /** Drops what was taken and not written. */
  forget(): void {
    this.#taken.clear()
  }

  #hasRoom(service: string, now: number): boolean {
    const isNewService = this.#hasService.get(service) === undefined
    if (isNewService && Number(this.#countServices.get()?.['n']) >= this.#limits.services) return false
    if (Number(this.#countInstances.get()?.['n']) < this.#limits.instances) return true
    return Number(this.#makeRoom.run(now - hourMs).changes) > 0
  }
}

function advance(row: WritableInstance, { report, receivedAt }: ReceivedReport): void {
  row.missingReports += report.sequence - row.lastSequence - 1
  row.lastSequence = report.sequence
  row.lastSeenAt = Math.max(row.lastSeenAt, heardAt(report, receivedAt))
  if (report.final === true && row.state !== 'crashed') row.state = 'stopped'
  if (isCrash(report)) row.state = 'crashed'
  for (const key of droppedKeys) row.dropped[key] += report.dropped[key]
  for (const facts of report.operations) addTotals(row.lifetime, facts)
  row.inFlight = Object.fromEntries(
    report.operations.filter((facts) => facts.inFlight > 0).map((facts) => [facts.operation, facts.inFlight]),
  )
}

// What a service kept on its disk while the hub was away arrives late and may be of a process that is long dead:
// it must not make that process look alive.
function heardAt(report: Report, receivedAt: number): number {
  return receivedAt - report.to > backlogMs ? report.to : receivedAt
}

function isCrash(report: Report): boolean {
  if (report.events.some((event) => event.type === 'ServiceCrashed')) return true
  return report.faults.some((fault) => fault.exemplars.some((exemplar) => exemplar.crash === true))
}

const droppedKeys: readonly (keyof DroppedFacts)[] = [
  'reports',
  'events',
  'faultGroups',
  'faultCounts',
  'operations',
]
const totalKeys = Object.keys(outcomeColumns) as (keyof OutcomeTotals)[]

function addTotals(sum: Record<keyof OutcomeTotals, number>, facts: OutcomeTotals): void {
  for (const key of totalKeys) sum[key] = Math.min(sum[key] + facts[key], Number.MAX_SAFE_INTEGER)
}
