import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { DroppedFacts, InstanceIdentity, OutcomeTotals } from 'breakwater/protocol'
import type { InstanceRecord } from '../instance-store.ts'
import { outcomeColumnNames, outcomeTotals, outcomeValues } from './outcome-columns.ts'
import { type Row, readNumbers } from './row.ts'

/** What a report changes of an instance. */
export interface WritableInstance {
  readonly id: number
  lastSeenAt: number
  state: InstanceRecord['state']
  lastSequence: number
  missingReports: number
  readonly dropped: Record<keyof DroppedFacts, number>
  readonly lifetime: Record<keyof OutcomeTotals, number>
  inFlight: Readonly<Record<string, number>>
}

const changing = [
  ...['last_seen_at', 'state', 'last_sequence', 'missing_reports'],
  ...[
    'dropped_reports',
    'dropped_events',
    'dropped_fault_groups',
    'dropped_fault_counts',
    'dropped_operations',
  ],
  ...outcomeColumnNames,
  'in_flight',
]

/** The rows of the table of instances. */
export class InstanceRows {
  readonly #find: StatementSync
  readonly #insert: StatementSync
  readonly #update: StatementSync

  constructor(database: DatabaseSync) {
    const fixed = [
      'service',
      'instance',
      'version',
      'environment',
      'host',
      'pid',
      'started_at',
      'first_seen_at',
    ]
    const columns = [...fixed, ...changing]
    this.#find = database.prepare('SELECT * FROM instances WHERE service = ? AND instance = ?')
    this.#insert = database.prepare(
      `INSERT INTO instances (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    this.#update = database.prepare(
      `UPDATE instances SET ${changing.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
    )
  }

  /** The instance's row, if it reported before. */
  find(service: string, instance: string): WritableInstance | undefined {
    const row = this.#find.get(service, instance)
    return row === undefined ? undefined : writableOf(row)
  }

  /** Adds a row without any report. */
  insert(identity: InstanceIdentity, now: number): WritableInstance {
    const { service, instance, version, environment, host, pid, startedAt } = identity
    const fixed = [
      service,
      instance,
      version ?? null,
      environment ?? '',
      host ?? null,
      pid ?? null,
      startedAt,
    ]
    // Nothing was heard yet, so any report's time is later.
    const rest = [...[0, 'running', 0, 0], ...zeros(5), ...zeros(outcomeColumnNames.length), '{}']
    const added = this.#insert.run(...fixed, Math.min(startedAt, now), ...rest)
    return emptyInstance(Number(added.lastInsertRowid))
  }

  /** Writes an instance as it is now. */
  update(row: WritableInstance): void {
    const { reports, events, faultGroups, faultCounts, operations } = row.dropped
    this.#update.run(
      ...[row.lastSeenAt, row.state, row.lastSequence, row.missingReports],
      ...[reports, events, faultGroups, faultCounts, operations],
      ...outcomeValues(row.lifetime),
      ...[JSON.stringify(row.inFlight), row.id],
    )
  }
}

/** The dropped facts of a row. */
export function droppedOf(row: Row): Record<keyof DroppedFacts, number> {
  return {
    reports: Number(row['dropped_reports']),
    events: Number(row['dropped_events']),
    faultGroups: Number(row['dropped_fault_groups']),
    faultCounts: Number(row['dropped_fault_counts']),
    operations: Number(row['dropped_operations']),
  }
}

/** The state of a row. */
export function stateOf(row: Row): InstanceRecord['state'] {
  const state = row['state']
  return state === 'stopped' || state === 'crashed' ? state : 'running'
}

function writableOf(row: Row): WritableInstance {
  return {
    id: Number(row['id']),
    lastSeenAt: Number(row['last_seen_at']),
    state: stateOf(row),
    lastSequence: Number(row['last_sequence']),
    missingReports: Number(row['missing_reports']),
    dropped: droppedOf(row),
    lifetime: { ...outcomeTotals(row) },
    inFlight: readNumbers(row['in_flight']),
  }
}

function emptyInstance(id: number): WritableInstance {
  const dropped = { reports: 0, events: 0, faultGroups: 0, faultCounts: 0, operations: 0 }
  const lifetime = { ...outcomeTotals(Object.fromEntries(outcomeColumnNames.map((name) => [name, 0]))) }
  return {
    id,
    lastSeenAt: 0,
    state: 'running',
    lastSequence: 0,
    missingReports: 0,
    dropped,
    lifetime,
    inFlight: {},
  }
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0)
}
