import type { Clock } from '../clock/clock.ts'
import { checkNumbers, type NumberRule, withoutUndefined } from '../config/check-option.ts'
import { aFunction, anything, atLeast, integer, methods, number, oneOf } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
import type { KeyedCall } from '../pipeline/keyed-call.ts'
import type { RateLimitEvent } from './rate-limiter-events.ts'

/** How a rate limiter counts. */
export type RateAlgorithm = 'token-bucket' | 'gcra' | 'sliding-window'

/** Options of {@link rateLimiter}. */
export interface RateLimiterOptions {
  /**
   * How calls are counted. `token-bucket` and `gcra` are the same arithmetic with another default for `burst`: a full
   * bucket, or evenly spaced. `sliding-window` never admits more than `limit` in any interval. @default 'token-bucket'
   */
  readonly algorithm?: RateAlgorithm
  /** How much may be taken in an interval, on average; integer, 1 to 10⁹. @default 100 */
  readonly limit?: number
  /** The interval, whole milliseconds, 1 to 366 days. @default 1_000 */
  readonly intervalMs?: number
  /** How much may be taken at once after a pause; integer, 1 to 10⁹. Not for `sliding-window`. @default `limit`, for `gcra` 1 */
  readonly burst?: number
  /** What a call takes: an integer from 1 to `burst`, or a function that says so. @default 1 */
  readonly cost?: number | ((call: KeyedCall) => number)
  /** Which key a call belongs to, when that is not its `RunOptions.key`. At most 1,024 characters. */
  readonly keyOf?: (call: KeyedCall) => string
  /** How many keys are kept; integer ≥ 1. @default 100_000 */
  readonly maxKeys?: number
  /**
   * What happens to a new key when there are `maxKeys` that still count: its calls are refused, or the least recently
   * used key is forgotten, and with it what it had used. Both are counted and reported. @default 'refuse'
   */
  readonly overflow?: 'refuse' | 'forget'
  /** How many calls may wait, of all keys together; integer ≥ 0, 0 refuses at once. @default 0 */
  readonly queue?: number
  /** A call that would have to wait longer is refused at once, milliseconds, 1 ms to 1 day. @default 10_000 */
  readonly maxWaitMs?: number
  /** Names the limiter in events and on the page. @default 'rate-limiter' */
  readonly name?: string
  /** What time is taken from. @default the system's */
  readonly clock?: Clock
  /** Told of each {@link RateLimitEvent}. */
  readonly onEvent?: (event: RateLimitEvent) => void
}

/** What a rate limiter works with: all filled in. */
export interface RateLimiterSettings {
  readonly algorithm: RateAlgorithm
  readonly limit: number
  readonly intervalMs: number
  readonly burst: number
  readonly cost: number | ((call: KeyedCall) => number)
  readonly maxKeys: number
  readonly overflow: 'refuse' | 'forget'
  readonly queue: number
  readonly maxWaitMs: number
  readonly name: string
}

/** The defaults of {@link RateLimiterOptions}; that of `burst` depends on the algorithm. */
export const rateLimiterDefaults: Readonly<Omit<RateLimiterSettings, 'burst'>> = Object.freeze({
  algorithm: 'token-bucket',
  limit: 100,
  intervalMs: 1_000,
  cost: 1,
  maxKeys: 100_000,
  overflow: 'refuse',
  queue: 0,
  maxWaitMs: 10_000,
  name: 'rate-limiter',
})

const what = 'rate limiter'
const dayMs = 86_400_000
/** The rule for amounts, also for those that are set at run time. */
export const amountRule: NumberRule = Object.freeze({ min: 1, max: 1e9, isInteger: true })
const table: OptionTable<RateLimiterOptions> = {
  algorithm: oneOf('token-bucket', 'gcra', 'sliding-window'),
  limit: number(amountRule),
  intervalMs: integer(1, 366 * dayMs),
  cost: anything,
  maxKeys: integer(1, 10_000_000),
  overflow: oneOf('refuse', 'forget'),
  queue: integer(0, 1_000_000),
  maxWaitMs: atLeast(1, dayMs),
  name: anything,
  burst: number(amountRule),
  keyOf: aFunction,
  clock: methods('now', 'setTimer'),
  onEvent: aFunction,
}

/** Checks the options once, at construction, and fills in the defaults. */
export function resolveRateLimiterOptions(options: RateLimiterOptions): RateLimiterSettings {
  checkOptions(what, options, table)
  const given = { ...rateLimiterDefaults, ...withoutUndefined(options) }
  const { algorithm, limit, cost } = given
  if (algorithm === 'sliding-window' && options.burst !== undefined) {
    throw new TypeError(
      "Cannot create rate limiter as 'burst' and the algorithm 'sliding-window' exclude each other",
    )
  }
  const { burst = algorithm === 'gcra' ? 1 : limit } = given
  if (typeof cost !== 'function') checkNumbers(what, { cost }, { cost: { ...amountRule, max: burst } })
  return Object.freeze({ ...given, burst })
}
