import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { PolicyKind } from 'breakwater/protocol'
import type { HubLimits } from '../../config/hub-limits.ts'
import type { SeriesPlace } from './series-ids.ts'

const hourMs = 3_600_000

interface Known {
  readonly id: number
  lastAt: number
}

/** Numbers for policies; makes them when they are new and there is room. */
export class PolicyIds {
  readonly #limits: HubLimits
  readonly #known = new Map<string, Known>()
  readonly #find: StatementSync
  readonly #insert: StatementSync
  readonly #touch: StatementSync
  readonly #count: StatementSync

  constructor(database: DatabaseSync, limits: HubLimits) {
    this.#limits = limits
    this.#find = database.prepare(
      'SELECT id, last_at FROM policies WHERE service = ? AND environment = ? AND kind = ? AND name = ?',
    )
    this.#insert = database.prepare(
      'INSERT INTO policies (service, environment, kind, name, last_at) VALUES (?, ?, ?, ?, ?)',
    )
    this.#touch = database.prepare('UPDATE policies SET last_at = ? WHERE id = ?')
    this.#count = database.prepare('SELECT count(*) AS n FROM policies WHERE service = ?')
  }

  /** The policy's number; undefined when it is new and its service has as many as are kept. */
  of(place: SeriesPlace, policy: { kind: PolicyKind; name: string }, at: number): number | undefined {
    const { service, environment } = place
    const key = JSON.stringify([service, environment, policy.kind, policy.name])
    const known = this.#known.get(key) ?? this.#load(key, [service, environment, policy.kind, policy.name])
    if (known !== undefined) return this.#touched(known, at)
    if (Number(this.#count.get(service)?.['n']) >= this.#limits.policiesPerService) return undefined
    const added = this.#insert.run(service, environment, policy.kind, policy.name, at)
    return this.#remember(key, { id: Number(added.lastInsertRowid), lastAt: at }).id
  }

  /** Forgets what it knows; needed after a transaction was rolled back or rows were deleted. */
  forget(): void {
    this.#known.clear()
  }

  #load(key: string, policy: readonly [string, string, string, string]): Known | undefined {
    const row = this.#find.get(...policy)
    if (row === undefined) return undefined
    return this.#remember(key, { id: Number(row['id']), lastAt: Number(row['last_at']) })
  }

  #remember(key: string, known: Known): Known {
    if (this.#known.size >= 50_000) this.#known.clear()
    this.#known.set(key, known)
    return known
  }

  #touched(known: Known, at: number): number {
    if (at - known.lastAt > hourMs) {
      known.lastAt = at
      this.#touch.run(at, known.id)
    }
    return known.id
  }
}
