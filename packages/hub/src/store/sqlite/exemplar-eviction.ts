import type { DatabaseSync } from 'node:sqlite'
import { evictionRank } from '../../group/irrelevance.ts'

const looked = 2_000
const batch = 500

/**
 * Deletes a batch of exemplars, of the oldest those that add least, when all together take more than `maxBytes`.
 * The first exemplar of a group stays. Answers how many went.
 */
export function evictSomeExemplars(database: DatabaseSync, maxBytes: number): number {
  const sum = database.prepare('SELECT total(bytes) AS bytes, max(at) AS newest FROM exemplars').get()
  if (Number(sum?.['bytes'] ?? 0) <= maxBytes) return 0
  const now = Number(sum?.['newest'] ?? 0)
  const goers = database
    .prepare('SELECT id, at, irrelevance FROM exemplars WHERE is_first = 0 ORDER BY at LIMIT ?')
    .all(looked)
    .map((row) => ({ id: Number(row['id']), at: Number(row['at']), irrelevance: Number(row['irrelevance']) }))
    .sort((a, b) => evictionRank(b, now) - evictionRank(a, now))
    .slice(0, batch)
  const remove = database.prepare('DELETE FROM exemplars WHERE id = ?')
  for (const { id } of goers) remove.run(id)
  return goers.length
}
