import type { Clock } from '../clock/clock.ts'
import { checkNumbers, mustBe, withoutUndefined } from '../config/check-option.ts'
import { aFunction, anything, atLeast, integer, methods } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
import type { Criticality } from '../pipeline/call-context.ts'
import type { Random } from '../random/random.ts'
import type { ConcurrencyEvent } from './concurrency-limiter-events.ts'
import { gradient2 } from './gradient2.ts'
import type { LimitAlgorithm, LimitBounds } from './limit-algorithm.ts'
import { isOverload } from './overload-error.ts'

/** Which part of the limit is kept for calls of a criticality: 0 to 1, together at most 1. */
export type LimitShares = Readonly<Partial<Record<Criticality, number>>>

/** Options of {@link concurrencyLimiter}. */
export interface ConcurrencyLimiterOptions {
  /** How the limit is found: `aimd()`, `vegas()`, `gradient2()`. @default gradient2() */
  readonly algorithm?: LimitAlgorithm
  /** The limit at the start; integer ≥ 1. @default 20 */
  readonly initialLimit?: number
  /** The limit never gets below; integer ≥ 1. @default 20, for `vegas` 1 */
  readonly minLimit?: number
  /** The limit never gets above; integer ≥ 1. @default 200, for `vegas` 1_000 */
  readonly maxLimit?: number
  /** How many calls may wait for a place; integer ≥ 0, 0 refuses at once. @default 0 */
  readonly queue?: number
  /** Who is let in next: who waited longest, or who came last and has most of its time left. @default 'fifo' */
  readonly order?: 'fifo' | 'lifo'
  /** A call that waited so long is refused, milliseconds, 1 ms to 1 day. @default 1_000 */
  readonly maxWaitMs?: number
  /**
   * Shares of the limit by criticality. While there is room, anyone is admitted; when the limit is reached, calls are still
   * admitted whose criticality uses less than its share, so that all together may run to twice the limit for a moment.
   */
  readonly shares?: LimitShares
  /** Which errors mean overload and lower the limit. @default timeouts, and HTTP 429 and 503 */
  readonly isDrop?: (error: unknown) => boolean
  /** Which other errors say nothing; the rest is measured as successes are. @default every error */
  readonly isIgnored?: (error: unknown) => boolean
  /** Names the limiter in events and on the page. @default 'concurrency-limiter' */
  readonly name?: string
  /** What time is taken from. @default the system's */
  readonly clock?: Clock
  /** Where chance comes from: `vegas` probes at random moments. @default the system's */
  readonly random?: Random
  /** Told of each {@link ConcurrencyEvent}. */
  readonly onEvent?: (event: ConcurrencyEvent) => void
}

/** What a limiter works with: all filled in. */
export interface ConcurrencyLimiterSettings {
  readonly algorithm: LimitAlgorithm
  readonly bounds: LimitBounds
  readonly queue: number
  readonly order: 'fifo' | 'lifo'
  readonly maxWaitMs: number
  readonly shares?: LimitShares
  readonly isDrop: (error: unknown) => boolean
  readonly isIgnored: (error: unknown) => boolean
  readonly name: string
}

/** The defaults of {@link ConcurrencyLimiterOptions} that do not depend on the algorithm. */
export const concurrencyLimiterDefaults: Readonly<
  Pick<ConcurrencyLimiterSettings, 'queue' | 'order' | 'maxWaitMs' | 'name'>
> = Object.freeze({ queue: 0, order: 'fifo', maxWaitMs: 1_000, name: 'concurrency-limiter' })

const what = 'concurrency limiter'
const size = integer(1, 1_000_000)
const table: OptionTable<ConcurrencyLimiterOptions> = {
  queue: integer(0, 1_000_000),
  order: checkOrder,
  maxWaitMs: atLeast(1, 86_400_000),
  name: anything,
  algorithm: methods('start'),
  initialLimit: size,
  minLimit: size,
  maxLimit: size,
  shares: checkShares,
  clock: methods('now', 'deadlines'),
  random: methods('next'),
  isDrop: aFunction,
  isIgnored: aFunction,
  onEvent: aFunction,
}
const part = atLeast(0, 1)
const shareTable: OptionTable<LimitShares> = { low: part, normal: part, high: part, critical: part }

/** Validates the options once, at construction. */
export function resolveConcurrencyLimiterOptions(
  options: ConcurrencyLimiterOptions,
): ConcurrencyLimiterSettings {
  checkOptions(what, options, table)
  const given = withoutUndefined(options)
  const { algorithm = gradient2() } = given
  return Object.freeze({
    ...concurrencyLimiterDefaults,
    isDrop: isOverload,
    isIgnored: () => true,
    ...given,
    algorithm,
    bounds: boundsOf(given, algorithm.bounds),
  })
}

function boundsOf(options: ConcurrencyLimiterOptions, byDefault: LimitBounds): LimitBounds {
  const { initialLimit, minLimit, maxLimit } = options
  const min = minLimit ?? Math.min(byDefault.minLimit, initialLimit ?? Infinity, maxLimit ?? Infinity)
  const max = maxLimit ?? Math.max(byDefault.maxLimit, initialLimit ?? 0, min)
  const initial = initialLimit ?? Math.min(Math.max(byDefault.initialLimit, min), max)
  const bounds = { initialLimit: initial, minLimit: min, maxLimit: max }
  checkNumbers(what, bounds, { maxLimit: { min }, initialLimit: { min, max } })
  return Object.freeze(bounds)
}

function checkOrder(_what: string, field: string, order: unknown): void {
  if (order === 'fifo' || order === 'lifo') return
  throw new RangeError(mustBe(`${what} as '${field}'`, "'fifo' or 'lifo'", order))
}

function checkShares(_what: string, field: string, value: unknown): void {
  const shares = value as LimitShares
  checkOptions(`${what} shares`, shares, shareTable)
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0)
  atLeast(0, 1 + 1e-9)(what, field, total)
}
