import type { BreakerSnapshot } from '../circuit-breaker/breaker-snapshot.ts'

/** The keys of a keyed breaker that are not simply closed, as plain data. */
export interface KeyedBreakerSnapshot {
  readonly version: 1
  readonly keys: readonly (readonly [key: string, breaker: BreakerSnapshot])[]
}

/**
 * Checks a snapshot, apart from its breakers, which check themselves.
 *
 * @throws {TypeError} when it is none
 */
export function parseKeyedSnapshot(value: unknown): readonly (readonly [key: string, breaker: unknown])[] {
  const keys: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'keys') : undefined
  if (!Array.isArray(keys)) {
    throw new TypeError('Cannot restore keyed circuit breaker as its snapshot cannot be read: it has no keys')
  }
  return keys.map((entry: unknown) => {
    if (Array.isArray(entry) && typeof entry[0] === 'string') return [entry[0], entry[1]]
    throw new TypeError(
      'Cannot restore keyed circuit breaker as its snapshot cannot be read: a key is no string',
    )
  })
}
