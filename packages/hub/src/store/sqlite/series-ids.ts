import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { HubLimits } from '../../config/hub-limits.ts'

/** Where a series belongs. */
export interface SeriesPlace {
  readonly service: string
  readonly environment: string
}

/** The name that operations beyond a service's limit are counted under. */
export const overflowOperation = '(other)'

const hourMs = 3_600_000

interface Known {
  readonly id: number
  lastAt: number
}

/** Numbers for operations and for services as a whole; makes them when they are new. */
export class SeriesIds {
  readonly #limits: HubLimits
  readonly #known = new Map<string, Known>()
  readonly #find: StatementSync
  readonly #insert: StatementSync
  readonly #touch: StatementSync
  readonly #count: StatementSync
  #folded = 0

  constructor(database: DatabaseSync, limits: HubLimits) {
    this.#limits = limits
    this.#find = database.prepare(
      'SELECT id, last_at FROM series WHERE service = ? AND environment = ? AND is_total = ? AND operation = ?',
    )
    this.#insert = database.prepare(
      'INSERT INTO series (service, environment, is_total, operation, last_at) VALUES (?, ?, ?, ?, ?)',
    )
    this.#touch = database.prepare('UPDATE series SET last_at = ? WHERE id = ?')
    this.#count = database.prepare('SELECT count(*) AS n FROM series WHERE service = ? AND is_total = 0')
  }

  /** The number of a service as a whole. */
  ofService(place: SeriesPlace, at: number): number {
    return this.#idOf(place, { isTotal: true, operation: '' }, at)
  }

  /** The number of an operation; beyond the service's limit that of `(other)`. */
  ofOperation(place: SeriesPlace, operation: string, at: number): number {
    return this.#idOf(place, { isTotal: false, operation }, at)
  }

  /** Operations that were folded since this was asked last. */
  takeFolded(): number {
    const folded = this.#folded
    this.#folded = 0
    return folded
  }

  /** Forgets what it knows; needed after a transaction was rolled back or rows were deleted. */
  forget(): void {
    this.#known.clear()
    this.#folded = 0
  }

  #idOf(place: SeriesPlace, series: { isTotal: boolean; operation: string }, at: number): number {
    const isTotal = series.isTotal ? 1 : 0
    const key = JSON.stringify([place.service, place.environment, isTotal, series.operation])
    const known =
      this.#known.get(key) ?? this.#load(key, [place.service, place.environment, isTotal, series.operation])
    if (known !== undefined) return this.#touched(known, at)
    if (isTotal === 0 && series.operation !== overflowOperation && this.#isFull(place.service)) {
      this.#folded++
      return this.ofOperation(place, overflowOperation, at)
    }
    const added = this.#insert.run(place.service, place.environment, isTotal, series.operation, at)
    return this.#remember(key, { id: Number(added.lastInsertRowid), lastAt: at }).id
  }

  #load(key: string, place: readonly [string, string, number, string]): Known | undefined {
    const row = this.#find.get(...place)
    if (row === undefined) return undefined
    return this.#remember(key, { id: Number(row['id']), lastAt: Number(row['last_at']) })
  }

  #remember(key: string, known: Known): Known {
    if (this.#known.size >= 50_000) this.#known.clear()
    this.#known.set(key, known)
    return known
  }

  // Retention needs to know only roughly when a series was used last.
  #touched(known: Known, at: number): number {
    if (at - known.lastAt > hourMs) {
      known.lastAt = at
      this.#touch.run(at, known.id)
    }
    return known.id
  }

  #isFull(service: string): boolean {
    return Number(this.#count.get(service)?.['n']) >= this.#limits.operationsPerService
  }
}
