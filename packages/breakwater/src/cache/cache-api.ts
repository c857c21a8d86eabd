import type { RunOptions, Work } from '../pipeline/call-context.ts'
import type { Policy } from '../pipeline/policy.ts'
import type { CacheEvent } from './cache-events.ts'

/** An answer that a cache keeps. */
export interface CachedAnswer {
  readonly value: unknown
  /** How long ago it came, milliseconds. */
  readonly ageMs: number
  /** Older than `ttlMs`. */
  readonly isStale: boolean
}

/** A cache, as {@link cache} makes it. */
export interface Cache extends Policy {
  readonly kind: 'cache'
  /** Calls that were answered by a fresh answer, ever. */
  readonly hits: number
  /** Calls that were answered by a stale one, ever: because they failed, or while a new one is fetched. */
  readonly stale: number
  /** Calls that had to ask, ever. */
  readonly misses: number
  /** Answers that are kept. */
  readonly size: number
  /** Runs work unless there is an answer; its operation is the cache's name. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
  /**
   * The answer of an operation under a key, without asking, counting or keeping it longer; undefined when there is none or it
   * is older than `maxAgeMs`. @default an hour
   */
  peek(operation: string, key: string, maxAgeMs?: number): CachedAnswer | undefined
  /** Forgets the answer of an operation under a key, also one that is being fetched; true when there was one. */
  delete(operation: string, key: string): boolean
  /** Forgets all answers, also those that are being fetched. */
  clear(): void
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: CacheEvent) => void): () => void
}
