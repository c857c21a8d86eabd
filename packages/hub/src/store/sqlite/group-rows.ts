import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { FaultFacts } from 'breakwater/protocol'
import { maxSum } from './outcome-columns.ts'

/** A group as the writer needs it. */
export interface WritableGroup {
  readonly id: number
  readonly isNew: boolean
  /** Occurrences ever, these not counted. */
  readonly countBefore: number
}

/** What faults are counted in when there are as many groups as are kept. */
export const overflowFingerprint: string = '0'.repeat(16)

const overflowText = {
  groupedBy: 'groups beyond the limit of this hub',
  name: 'Overflow',
  message: 'Faults of groups beyond the limit of this hub',
  culprit: '',
}

/** The rows of the table of groups. */
export class GroupRows {
  readonly #maxGroups: number
  readonly #find: StatementSync
  readonly #insert: StatementSync
  readonly #add: StatementSync
  readonly #count: StatementSync

  constructor(database: DatabaseSync, maxGroups: number) {
    this.#maxGroups = maxGroups
    this.#find = database.prepare('SELECT id, count_ever FROM groups WHERE fingerprint = ?')
    this.#count = database.prepare('SELECT count(*) AS n FROM groups')
    this.#insert = database.prepare(`
      INSERT INTO groups (fingerprint, grouped_by, name, message, culprit, category, severity, retryability,
        count_ever, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    this.#add = database.prepare(`
      UPDATE groups SET count_ever = min(count_ever + ?, ${maxSum}), first_seen_at = min(first_seen_at, ?),
        last_seen_at = max(last_seen_at, ?), severity = ?, category = ?, retryability = ? WHERE id = ?`)
  }

  /** Counts a fault in its group and makes the group when it is new; undefined when there is no room for one. */
  add(fault: FaultFacts): WritableGroup | undefined {
    const row = this.#find.get(fault.fingerprint)
    if (row === undefined) return this.#isFull() ? undefined : this.#make(fault)
    const { count, firstAt, lastAt, severity, category, retryability } = fault
    this.#add.run(count, firstAt, lastAt, severity, category, retryability, Number(row['id']))
    return { id: Number(row['id']), isNew: false, countBefore: Number(row['count_ever']) }
  }

  /** Counts a fault in the overflow group. */
  addToOverflow(fault: FaultFacts): WritableGroup {
    const folded = { ...fault, ...overflowText, fingerprint: overflowFingerprint }
    return this.#find.get(overflowFingerprint) === undefined
      ? this.#make(folded)
      : (this.add(folded) ?? this.#make(folded))
  }

  #isFull(): boolean {
    return Number(this.#count.get()?.['n']) >= this.#maxGroups
  }

  #make(fault: FaultFacts): WritableGroup {
    const { fingerprint, groupedBy, name, message, culprit, category, severity, retryability } = fault
    const words = [fingerprint, groupedBy, name, message, culprit, category, severity, retryability]
    const added = this.#insert.run(...words, fault.count, fault.firstAt, fault.lastAt)
    return { id: Number(added.lastInsertRowid), isNew: true, countBefore: 0 }
  }
}
