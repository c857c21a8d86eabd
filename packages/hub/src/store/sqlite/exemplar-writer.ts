import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { HubLimits } from '../../config/hub-limits.ts'
import { evictionRank, irrelevanceOf } from '../../group/irrelevance.ts'
import type { Random } from '../../random/random.ts'
import type { WritableGroup } from './group-rows.ts'
import type { OwnedExemplar } from './pending-group.ts'

/** What decides how many exemplars are kept. */
export interface ExemplarRules {
  readonly limits: HubLimits
  readonly random: Random
}

/** What is known of a group's exemplars. */
interface Kept {
  count: number
  /** The rank from which on the last eviction deleted: what ranks higher need not be written at all. */
  cutoff: number
}

interface Ranked {
  readonly owned: OwnedExemplar
  readonly irrelevance: number
  readonly isFirst: boolean
}

const maxRemembered = 50_000

/**
 * Keeps examples of faults within a quota for each group. The first one of a group is never deleted; of the others
 * those go first that add least. To delete in batches, a group may be a quarter beyond its quota for a while.
 */
export class ExemplarWriter {
  readonly #rules: ExemplarRules
  readonly #kept = new Map<number, Kept>()
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

  /** Writes a group's new examples, and deletes those that they push out. */
  write(group: WritableGroup, exemplars: readonly OwnedExemplar[]): void {
    if (exemplars.length === 0) return
    const kept = this.#keptOf(group.id)
    const chosen = this.#choose(this.#rank(group, exemplars, kept), kept)
    for (const ranked of chosen) this.#write(group.id, ranked)
    kept.count += chosen.length
    this.#evicted += exemplars.length - chosen.length
    this.#evict(group.id, kept, exemplars.at(-1)?.exemplar.at ?? 0)
  }

  /** Exemplars that gave way to others of their group since the store was opened. */
  evicted(): number {
    return this.#evicted
  }

  /** Forgets what it knows; needed after a transaction was rolled back or rows were deleted. */
  forget(): void {
    this.#kept.clear()
  }

  #rank(group: WritableGroup, exemplars: readonly OwnedExemplar[], kept: Kept): Ranked[] {
    return exemplars.map((owned, index) => ({
      owned,
      irrelevance: irrelevanceOf(group.countBefore + index + 1, this.#rules.random()),
      isFirst: kept.count === 0 && index === 0,
    }))
  }

  // Writing what would be deleted again costs twice; a storm brings little else.
  #choose(ranked: readonly Ranked[], kept: Kept): readonly Ranked[] {
    const quota = this.#rules.limits.exemplarsPerGroup
    const fit = ranked.filter(({ irrelevance, isFirst }) => isFirst || irrelevance < kept.cutoff)
    if (fit.length <= quota) return fit
    return fit
      .toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst) || a.irrelevance - b.irrelevance)
      .slice(0, quota)
  }

  #write(groupId: number, { owned, irrelevance, isFirst }: Ranked): void {
    const { identity, exemplar } = owned
    const body = JSON.stringify(exemplar)
    const facts = [groupId, exemplar.at, isFirst ? 1 : 0, irrelevance, exemplar.traceId ?? null]
    const where = [identity.service, identity.instance, identity.version ?? null]
    this.#insert.run(...facts, ...where, Buffer.byteLength(body), body)
  }

  #evict(groupId: number, kept: Kept, now: number): void {
    const quota = this.#rules.limits.exemplarsPerGroup
    if (kept.count <= quota * 1.25) return
    const ranked = this.#candidates
      .all(groupId)
      .map((row) => ({
        id: Number(row['id']),
        at: Number(row['at']),
        irrelevance: Number(row['irrelevance']),
      }))
      .map(({ id, ...exemplar }) => ({ id, rank: evictionRank(exemplar, now) }))
      .sort((a, b) => b.rank - a.rank)
      .slice(0, kept.count - quota)
    for (const { id } of ranked) this.#delete.run(id)
    this.#evicted += ranked.length
    kept.count -= ranked.length
    kept.cutoff = Math.max(1, ranked.at(-1)?.rank ?? Infinity)
  }

  #keptOf(groupId: number): Kept {
    const known = this.#kept.get(groupId)
    if (known !== undefined) return known
    if (this.#kept.size >= maxRemembered) this.#kept.clear()
    const kept = { count: Number(this.#countKept.get(groupId)?.['n']), cutoff: Infinity }
    this.#kept.set(groupId, kept)
    return kept
  }
}
