import type { Clock } from '../clock/clock.ts'
import {
  checkFunction,
  checkMethods,
  checkNames,
  checkNumbers,
  withoutUndefined,
} from '../config/check-option.ts'
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
  readonly shares: LimitShares | undefined
  readonly isDrop: (error: unknown) => boolean
  readonly isIgnored: (error: unknown) => boolean
  readonly name: string
}

/** The defaults of {@link ConcurrencyLimiterOptions} that do not depend on the algorithm. */
export const concurrencyLimiterDefaults: Readonly<
  Pick<ConcurrencyLimiterSettings, 'queue' | 'order' | 'maxWaitMs' | 'name'>
> = Object.freeze({ queue: 0, order: 'fifo', maxWaitMs: 1_000, name: 'concurrency-limiter' })

const what = 'concurrency limiter'
const size = Object.freeze({ min: 1, max: 1_000_000, isInteger: true })
const functionNames = ['isDrop', 'isIgnored', 'onEvent'] as const
const names = [
  ...Object.keys(concurrencyLimiterDefaults),
  ...['algorithm', 'initialLimit', 'minLimit', 'maxLimit', 'shares', 'clock', 'random'],
  ...functionNames,
]

/** Validates the options once, at construction. */
export function resolveConcurrencyLimiterOptions(
  options: ConcurrencyLimiterOptions,
): ConcurrencyLimiterSettings {
  checkNames(what, options, names)
  checkNumbers(what, options, {
    ...{ initialLimit: size, minLimit: size, maxLimit: size },
    queue: { min: 0, max: 1_000_000, isInteger: true },
    maxWaitMs: { min: 1, max: 86_400_000 },
  })
  for (const field of functionNames) checkFunction(what, field, options[field])
  checkMethods(what, options, {
    algorithm: ['start'],
    clock: ['now', 'deadlines'],
    random: ['next'],
  })
  checkOrder(options.order)
  checkShares(options.shares)
  return settle(withoutUndefined(options))
}

function settle(options: ConcurrencyLimiterOptions): ConcurrencyLimiterSettings {
  const { algorithm = gradient2(), isDrop = isOverload, isIgnored = () => true, shares } = options
  const { queue, order, maxWaitMs, name } = { ...concurrencyLimiterDefaults, ...options }
  const bounds = boundsOf(options, algorithm.bounds)
  return Object.freeze({
    ...{ algorithm, bounds, queue, order, maxWaitMs },
    ...{ shares, isDrop, isIgnored, name },
  })
}

/** A bound that is not given gives way to those that are. */
function boundsOf(options: ConcurrencyLimiterOptions, byDefault: LimitBounds): LimitBounds {
  const { initialLimit, minLimit, maxLimit } = options
  const min = minLimit ?? Math.min(byDefault.minLimit, initialLimit ?? Infinity, maxLimit ?? Infinity)
  const max = maxLimit ?? Math.max(byDefault.maxLimit, initialLimit ?? 0, min)
  const initial = initialLimit ?? Math.min(Math.max(byDefault.initialLimit, min), max)
  checkNumbers(what, { maxLimit: max }, { maxLimit: { min } })
  checkNumbers(what, { initialLimit: initial }, { initialLimit: { min, max } })
  return Object.freeze({ initialLimit: initial, minLimit: min, maxLimit: max })
}

function checkOrder(order: unknown): void {
  if (order === undefined || order === 'fifo' || order === 'lifo') return
  throw new RangeError(
    `Cannot create concurrency limiter as 'order' must be 'fifo' or 'lifo': current value is ${String(order)}`,
  )
}

function checkShares(shares: LimitShares | undefined): void {
  if (shares === undefined) return
  const part = { min: 0, max: 1 }
  checkNames(`${what} shares`, shares, ['low', 'normal', 'high', 'critical'])
  checkNumbers(`${what} shares`, shares, { low: part, normal: part, high: part, critical: part })
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0)
  // Shares such as 0.1 + 0.2 + 0.7 add up to a little more than 1 in doubles.
  checkNumbers(what, { shares: total }, { shares: { min: 0, max: 1 + 1e-9 } })
}
