/** Rows as they are shown while the pointer is over them, and how many wait to be shown. */
export interface HeldList<T> {
  readonly rows: readonly T[]
  /** Rows that are new since the list was held. */
  readonly fresh: number
}

/**
 * Renews the rows of a list without moving one: each keeps its place and gets its new figures, one that
 * is gone keeps its last ones, and new ones are counted instead of shown.
 */
export function holdOrder<T>(
  held: readonly T[],
  latest: readonly T[],
  keyOf: (row: T) => string,
): HeldList<T> {
  const byKey = new Map(latest.map((row) => [keyOf(row), row]))
  const heldKeys = new Set(held.map(keyOf))
  return {
    rows: held.map((row) => byKey.get(keyOf(row)) ?? row),
    fresh: latest.reduce((count, row) => count + (heldKeys.has(keyOf(row)) ? 0 : 1), 0),
  }
}
