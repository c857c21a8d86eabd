import type { DatabaseSync } from 'node:sqlite'
import type { AppendedReports, ReceivedReport } from '../append.ts'
import type { Store } from '../store.ts'
import { EventReader } from './event-reader.ts'
import type { ExemplarRules } from './exemplar-writer.ts'
import { GroupReader } from './group-reader.ts'
import { InstanceReader } from './instance-reader.ts'
import { openDatabase } from './open-database.ts'
import { OutcomeReader } from './outcome-reader.ts'
import { OverrideRows } from './override-rows.ts'
import { PolicyReader } from './policy-reader.ts'
import { ReportWriter } from './report-writer.ts'
import { SqliteUpkeep } from './upkeep.ts'

/** Opens the store of a folder: one SQLite file, one writer. */
export function openSqliteStore(dataDir: string, rules: ExemplarRules): Store {
  return new SqliteStore(openDatabase(dataDir), rules)
}

class SqliteStore implements Store {
  readonly outcomes: OutcomeReader
  readonly instances: InstanceReader
  readonly policies: PolicyReader
  readonly groups: GroupReader
  readonly events: EventReader
  readonly overrides: OverrideRows
  readonly upkeep: SqliteUpkeep
  readonly #database: DatabaseSync
  readonly #writer: ReportWriter

  constructor(database: DatabaseSync, rules: ExemplarRules) {
    this.#database = database
    this.#writer = new ReportWriter(database, rules)
    this.outcomes = new OutcomeReader(database)
    this.instances = new InstanceReader(database)
    this.policies = new PolicyReader(database)
    this.groups = new GroupReader(database)
    this.events = new EventReader(database)
    this.overrides = new OverrideRows(database)
    this.upkeep = new SqliteUpkeep(database, { writer: this.#writer, limits: rules.limits })
  }

  append(reports: readonly ReceivedReport[]): AppendedReports {
    return this.#writer.append(reports)
  }

  close(): void {
    this.#database.close()
  }
}
