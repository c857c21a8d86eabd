import { withoutUndefined } from '../config/check-option.ts'
import { aFunction, anything, atLeast, integer } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
import type { KeyedCall } from '../pipeline/keyed-call.ts'
import type { CacheEvent } from './cache-events.ts'

/** Options of {@link cache}. */
export interface CacheOptions {
  /**
   * Under which key an answer is kept; undefined for a call that is not cached. Two operations never share.
   * @default the `key` of the call, so that calls without one are not cached
   */
  readonly keyOf?: (call: KeyedCall) => string | undefined
  /** How long an answer is given without asking again, milliseconds ≥ 0. 0 always asks, and keeps the answer for failures. @default 0 */
  readonly ttlMs?: number
  /** For how long after that it is still given while a new one is fetched behind it, milliseconds ≥ 0. @default 0 */
  readonly staleWhileRevalidateMs?: number
  /** For how long after `ttlMs` it is given when the call fails, milliseconds ≥ 0. @default 3_600_000, an hour */
  readonly staleIfErrorMs?: number
  /** For which failures a stale answer is given. @default every one */
  readonly when?: (error: unknown) => boolean
  /** How many answers are kept; the one used longest ago goes first. Integer ≥ 1. @default 1_000 */
  readonly maxEntries?: number
  /** Names the policy in events and on the page. @default 'cache' */
  readonly name?: string
  /** Told of each {@link CacheEvent}. */
  readonly onEvent?: (event: CacheEvent) => void
}

/** The options with all fields filled in. */
export type ResolvedCacheOptions = Readonly<Required<Omit<CacheOptions, 'onEvent' | 'keyOf'>>> &
  Pick<CacheOptions, 'keyOf'>

/** The defaults of {@link CacheOptions} that are plain values. */
export const cacheDefaults: Readonly<
  Required<Pick<CacheOptions, 'ttlMs' | 'staleWhileRevalidateMs' | 'staleIfErrorMs' | 'maxEntries' | 'name'>>
> = Object.freeze({
  ttlMs: 0,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 3_600_000,
  maxEntries: 1_000,
  name: 'cache',
})

const duration = atLeast(0)
const table: OptionTable<CacheOptions> = {
  ttlMs: duration,
  staleWhileRevalidateMs: duration,
  staleIfErrorMs: duration,
  maxEntries: integer(1, 10_000_000),
  name: anything,
  keyOf: aFunction,
  when: aFunction,
  onEvent: aFunction,
}

/** Validates the options once, at construction. */
export function resolveCacheOptions(options: CacheOptions): ResolvedCacheOptions {
  checkOptions('cache', options, table)
  return Object.freeze({ ...cacheDefaults, when: () => true, ...withoutUndefined(options) })
}
