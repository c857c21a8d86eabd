import type { Evicted } from '../store.ts'

/** How rows of one kind are deleted when they are older than `:edge`, one batch at a time. */
export interface DeletionRule {
  readonly of: keyof Evicted
  readonly edge: 'fine' | 'rest'
  readonly sql: string
}

const batch = 2_000

/** All of them, in the order in which they may run. */
export const ageRules: readonly DeletionRule[] = [
  rollupRule('fine', 5_000),
  rollupRule('rest', 60_000),
  rollupRule('rest', 3_600_000),
  stepRule('policy_counters', 'policy_id, step_ms, at, name', 60_000),
  stepRule('policy_counters', 'policy_id, step_ms, at, name', 3_600_000),
  stepRule('group_counts', 'step_ms, at, group_id, series_id', 60_000),
  stepRule('group_counts', 'step_ms, at, group_id, series_id', 3_600_000),
  rest('rows', `DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < :edge LIMIT ${batch})`),
  rest(
    'exemplars',
    `DELETE FROM exemplars WHERE id IN (SELECT id FROM exemplars WHERE at < :edge LIMIT ${batch})`,
  ),
  // The last change of an instance that still reports tells how it stands now, however old it is.
  rest(
    'rows',
    `DELETE FROM breaker_history WHERE (policy_id, instance_id, at) IN (
      SELECT policy_id, instance_id, at FROM breaker_history h WHERE at < :edge AND (
        EXISTS (SELECT 1 FROM breaker_history l
          WHERE l.policy_id = h.policy_id AND l.instance_id = h.instance_id AND l.at > h.at)
        OR NOT EXISTS (SELECT 1 FROM instances i WHERE i.id = h.instance_id)
      ) LIMIT ${batch})`,
  ),
  rest(
    'rows',
    `DELETE FROM groups WHERE id IN (SELECT id FROM groups WHERE last_seen_at < :edge LIMIT ${batch})`,
  ),
  rest(
    'instances',
    `DELETE FROM instances WHERE id IN (SELECT id FROM instances WHERE last_seen_at < :edge LIMIT ${batch})`,
  ),
  rest(
    'rows',
    `DELETE FROM policy_states WHERE (policy_id, instance_id) IN (
      SELECT policy_id, instance_id FROM policy_states s WHERE at < :edge
        AND NOT EXISTS (SELECT 1 FROM instances i WHERE i.id = s.instance_id) LIMIT ${batch})`,
  ),
  // Their time of last use is only kept to the hour.
  rest('rows', `DELETE FROM policies WHERE last_at < :edge - 3600000`),
  rest('rows', `DELETE FROM series WHERE last_at < :edge - 3600000`),
]

function rollupRule(edge: DeletionRule['edge'], stepMs: number): DeletionRule {
  return { ...stepRule('rollups', 'series_id, step_ms, at', stepMs), edge }
}

function stepRule(table: string, key: string, stepMs: number): DeletionRule {
  const old = `SELECT ${key} FROM ${table} WHERE step_ms = ${stepMs} AND at < :edge LIMIT ${batch}`
  return rest('rows', `DELETE FROM ${table} WHERE (${key}) IN (${old})`)
}

function rest(of: DeletionRule['of'], sql: string): DeletionRule {
  return { of, edge: 'rest', sql }
}
