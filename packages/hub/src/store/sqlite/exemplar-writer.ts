import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { FaultFacts, InstanceIdentity } from 'breakwater/protocol'
import type { HubLimits } from '../../config/hub-limits.ts'
import { evictionRank, irrelevanceOf } from '../../group/irrelevance.ts'
import type { Random } from '../../random/random.ts'
import type { WritableGroup } from './group-rows.ts'

/** What decides how many exemplars are kept. */
export interface ExemplarRules {
  readonly limits: HubLimits
  readonly random: Random
}

/**
 * Keeps examples of faults within a quota for each group. The first one of a group is never deleted; of the others
 * those go first that add least. To delete in batches, a group may be a quarter beyond its quota for a while.
 */
export class ExemplarWriter {
  readonly #rules: ExemplarRules
  readonly #kept = new Map<number, number>()
  readonly #insert: StatementSync
  readonly #countKept: StatementSync
  readonly #candidates: StatementSync
  readonly #delete: StatementSync
  #evicted = 0

  constructor(database: DatabaseSync, rules: ExemplarRules) {
    this.#rules = rules
    this.#insert = database.prepare(`
      INSERT INTO exemplars (group_id, at, is_first, irrelevance, trace_id, service, instance, version, bytes, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    this.#countKept = database.prepare('SELECT count(*) AS n FROM exemplars WHERE group_id = ?')
    this.#candidates = database.prepare(
      'SELECT id, at, irrelevance FROM exemplars WHERE group_id = ? AND is_first = 0',
    )
    this.#delete = database.prepare('DELETE FROM exemplars WHERE id = ?')
  }

  /** Writes a fault's examples, and deletes those that they push out. */
  add(identity: InstanceIdentity, fault: FaultFacts, group: WritableGroup): void {
    const kept = this.#keptOf(group.id)
    for (const [index, exemplar] of fault.exemplars.entries()) {
      const isFirst = kept === 0 && index === 0
      const irrelevance = irrelevanceOf(group.countBefore + index + 1, this.#rules.random())
      const body = JSON.stringify(exemplar)
      const facts = [group.id, exemplar.at, isFirst ? 1 : 0, irrelevance, exemplar.traceId ?? null]
      const where = [identity.service, identity.instance, identity.version ?? null]
      this.#insert.run(...facts, ...where, Buffer.byteLength(body), body)
    }
    this.#remember(group.id, kept + fault.exemplars.length)
    this.#evict(group.id, fault.lastAt)
  }

  /** Exemplars that gave way to others of their group since the store was opened. */
  evicted(): number {
    return this.#evicted
  }

  /** Forgets what it knows; needed after a transaction was rolled back or rows were deleted. */
  forget(): void {
    this.#kept.clear()
  }

  #evict(groupId: number, now: number): void {
    const quota = this.#rules.limits.exemplarsPerGroup
    const kept = this.#keptOf(groupId)
    if (kept <= quota * 1.25) return
    const ranked = this.#candidates
      .all(groupId)
      .map((row) => ({
        id: Number(row['id']),
        at: Number(row['at']),
        irrelevance: Number(row['irrelevance']),
      }))
      .sort((a, b) => evictionRank(b, now) - evictionRank(a, now))
      .slice(0, kept - quota)
    for (const { id } of ranked) this.#delete.run(id)
    this.#evicted += ranked.length
    this.#remember(groupId, kept - ranked.length)
  }

  #keptOf(groupId: number): number {
    return this.#kept.get(groupId) ?? Number(this.#countKept.get(groupId)?.['n'])
  }

  #remember(groupId: number, kept: number): void {
    if (this.#kept.size >= 50_000) this.#kept.clear()
    this.#kept.set(groupId, kept)
  }
}
