/** What a cache reports. */
export type CacheEvent = StaleServed | RevalidationFailed

/** A call was answered with an answer of before: it failed, or a new one is being fetched. */
export interface StaleServed {
  readonly type: 'StaleServed'
  readonly policy: string
  readonly operation: string
  /** How old the answer is, milliseconds. */
  readonly ageMs: number
  readonly because: 'error' | 'revalidation'
  /** What the call failed with; undefined for a revalidation. */
  readonly error: unknown
}

/** A new answer could not be fetched behind a stale one. */
export interface RevalidationFailed {
  readonly type: 'RevalidationFailed'
  readonly policy: string
  readonly operation: string
  readonly error: unknown
}
