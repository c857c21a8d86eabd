import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { BreakerFacts, PolicyKind } from 'breakwater/protocol'
import type {
  BreakerChange,
  BreakerCondition,
  PolicyCounters,
  PolicyKey,
  PolicyQuery,
  PolicyStateRecord,
  PolicyStore,
} from '../policy-store.ts'
import { containing, readNumbers, type Row, textOf } from './row.ts'

const maxChanges = 20_000

const matches = `(:service IS NULL OR p.service = :service) AND (:environment IS NULL OR p.environment = :environment)
  AND (:kind IS NULL OR p.kind = :kind)`

/** Reads what policies did and how they stand. */
export class PolicyReader implements PolicyStore {
  readonly #list: StatementSync
  readonly #states: StatementSync
  readonly #counters: StatementSync
  readonly #changes: StatementSync
  readonly #hasBreaker: StatementSync
  readonly #search: StatementSync

  constructor(database: DatabaseSync) {
    this.#list = database.prepare(
      `SELECT DISTINCT service, kind, name FROM policies p WHERE ${matches} ORDER BY service, kind, name`,
    )
    this.#states = database.prepare(`
      SELECT p.service, p.kind, p.name, s.instance_id, s.at, s.gauges, s.breaker
      FROM policies p JOIN policy_states s ON s.policy_id = p.id WHERE ${matches}`)
    this.#counters = database.prepare(`
      SELECT p.service, p.kind, p.name, c.name AS counter, total(c.value) AS value
      FROM policies p JOIN policy_counters c ON c.policy_id = p.id
      WHERE ${matches} AND c.step_ms = :stepMs AND c.at >= :from AND c.at < :to
      GROUP BY p.service, p.kind, p.name, c.name`)
    this.#changes = database.prepare(changesSql)
    this.#hasBreaker = database.prepare(
      "SELECT 1 FROM policies WHERE service = ? AND name = ? AND kind = 'circuit-breaker' LIMIT 1",
    )
    this.#search = database.prepare(`
      SELECT DISTINCT service, kind, name FROM policies WHERE name LIKE ? ESCAPE '\\'
      ORDER BY length(name), name, service, kind LIMIT ?`)
  }

  /** Every policy that is known. */
  list(query: PolicyQuery): readonly PolicyKey[] {
    return this.#list.all(filterOf(query)).map(keyOf)
  }

  /** How each instance's part of each policy stood at its last report. */
  states(query: PolicyQuery): readonly PolicyStateRecord[] {
    return this.#states.all(filterOf(query)).map((row) => ({
      ...keyOf(row),
      instanceId: Number(row['instance_id']),
      at: Number(row['at']),
      gauges: readNumbers(row['gauges']),
      breaker: row['breaker'] === null ? null : (JSON.parse(textOf(row, 'breaker')) as BreakerFacts),
    }))
  }

  /** Sums of the counters over a range. */
  counters(
    query: PolicyQuery & { readonly stepMs: number; readonly from: number; readonly to: number },
  ): readonly PolicyCounters[] {
    const { stepMs, from, to } = query
    const found = new Map<string, { key: PolicyKey; counters: [string, number][] }>()
    for (const row of this.#counters.all({ ...filterOf(query), stepMs, from, to })) {
      const key = keyOf(row)
      const id = JSON.stringify(key)
      const entry = found.get(id) ?? { key, counters: [] }
      entry.counters.push([textOf(row, 'counter'), Number(row['value'])])
      found.set(id, entry)
    }
    return [...found.values()].map(({ key, counters }) => ({
      ...key,
      counters: Object.fromEntries(counters),
    }))
  }

  /** The changes in the range and, of each instance, the last one before it; oldest first. */
  breakerChanges(
    query: PolicyQuery & { readonly from: number; readonly to: number },
  ): readonly BreakerChange[] {
    const { service, environment, from, to } = query
    const filter = { service: service ?? null, environment: environment ?? null, from, to }
    const rows = this.#changes.all({ ...filter, limit: maxChanges })
    return rows.map((row) => ({
      service: textOf(row, 'service'),
      name: textOf(row, 'name'),
      instanceId: Number(row['instance_id']),
      at: Number(row['at']),
      state: textOf(row, 'state') as BreakerCondition,
    }))
  }

  /** Whether the service ever reported a breaker of this name. */
  hasBreaker(service: string, name: string): boolean {
    return this.#hasBreaker.get(service, name) !== undefined
  }

  /** Policies whose name contains the text. */
  search(text: string, limit: number): readonly PolicyKey[] {
    return this.#search.all(containing(text), limit).map(keyOf)
  }
}

const changesSql = `
  WITH breakers AS (
    SELECT id, service, name FROM policies p
    WHERE kind = 'circuit-breaker' AND (:service IS NULL OR p.service = :service)
      AND (:environment IS NULL OR p.environment = :environment)
  )
  SELECT * FROM (
    SELECT b.service, b.name, h.instance_id, h.at, h.state FROM breakers b
      JOIN breaker_history h ON h.policy_id = b.id WHERE h.at > :from AND h.at < :to
    UNION ALL
    SELECT b.service, b.name, h.instance_id, h.at, h.state FROM breakers b
      JOIN policy_states s ON s.policy_id = b.id
      JOIN breaker_history h ON h.policy_id = s.policy_id AND h.instance_id = s.instance_id
        AND h.at = (SELECT max(at) FROM breaker_history l
          WHERE l.policy_id = s.policy_id AND l.instance_id = s.instance_id AND l.at <= :from)
    ORDER BY at DESC LIMIT :limit
  ) ORDER BY at`

function filterOf(query: PolicyQuery): Record<string, SQLInputValue> {
  return { service: query.service ?? null, environment: query.environment ?? null, kind: query.kind ?? null }
}

function keyOf(row: Row): PolicyKey {
  return {
    service: textOf(row, 'service'),
    kind: textOf(row, 'kind') as PolicyKind,
    name: textOf(row, 'name'),
  }
}
