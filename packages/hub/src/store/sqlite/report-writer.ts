import type { DatabaseSync } from 'node:sqlite'
import type { AppendedReports, AppendOutcome, ReceivedReport } from '../append.ts'
import { EventWriter } from './event-writer.ts'
import { type ExemplarRules, ExemplarWriter } from './exemplar-writer.ts'
import { GroupWriter } from './group-writer.ts'
import { InstanceWriter } from './instance-writer.ts'
import { OutcomeWriter } from './outcome-writer.ts'
import { PolicyWriter } from './policy-writer.ts'
import { SeriesIds } from './series-ids.ts'
import { inTransaction } from './transaction.ts'

/** Stores reports: the sequence of each instance, every counter, every group and event in one transaction. */
export class ReportWriter {
  readonly #database: DatabaseSync
  readonly #series: SeriesIds
  readonly #instances: InstanceWriter
  readonly #outcomes: OutcomeWriter
  readonly #policies: PolicyWriter
  readonly #groups: GroupWriter
  readonly #exemplars: ExemplarWriter
  readonly #events: EventWriter

  constructor(database: DatabaseSync, rules: ExemplarRules) {
    const { limits } = rules
    this.#database = database
    this.#series = new SeriesIds(database, limits)
    this.#instances = new InstanceWriter(database, limits)
    this.#outcomes = new OutcomeWriter(database, this.#series)
    this.#policies = new PolicyWriter(database, limits)
    this.#exemplars = new ExemplarWriter(database, rules)
    this.#groups = new GroupWriter(database, { limits, series: this.#series, exemplars: this.#exemplars })
    this.#events = new EventWriter(database)
  }

  /** Stores the reports; all of them are durable when this returns, none of them when it throws. */
  append(reports: readonly ReceivedReport[]): AppendedReports {
    try {
      return inTransaction(this.#database, () => {
        const outcomes = reports.map((received) => this.#take(received))
        this.#flush()
        const folded = this.#series.takeFolded() + this.#policies.takeLeftOut() + this.#groups.takeFolded()
        return { outcomes, folded }
      })
    } catch (error) {
      this.forget()
      throw error
    }
  }

  /** Exemplars that gave way to others of their group. */
  evictedExemplars(): number {
    return this.#exemplars.evicted()
  }

  /** Forgets what it knows of the rows; needed when others deleted some of them. */
  forget(): void {
    this.#series.forget()
    this.#instances.forget()
    this.#outcomes.forget()
    this.#policies.forget()
    this.#groups.forget()
    this.#exemplars.forget()
  }

  #take(received: ReceivedReport): AppendOutcome {
    const { outcome, instanceId } = this.#instances.take(received)
    if (outcome !== 'stored') return outcome
    const { report } = received
    this.#outcomes.add(report)
    this.#policies.add(report, instanceId)
    this.#groups.add(report)
    this.#events.add(report)
    return 'stored'
  }

  #flush(): void {
    this.#instances.flush()
    this.#outcomes.flush()
    this.#policies.flush()
    this.#groups.flush()
  }
}
