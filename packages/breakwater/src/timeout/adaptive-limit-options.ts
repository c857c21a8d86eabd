import { withoutUndefined } from '../config/check-option.ts'
import { above, atLeast, integer } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'

/** A limit that follows what the operation takes: a percentile of recent latency, times a factor. */
export interface AdaptiveLimitOptions {
  /** The longest limit, milliseconds > 0: what holds until enough calls were seen. It has no default. */
  readonly ceilingMs: number
  /** The shortest limit, milliseconds > 0, at most the ceiling. @default 10 */
  readonly floorMs?: number
  /** Of the durations, above 0 and below 1. @default 0.99 */
  readonly percentile?: number
  /** How much longer than that a call may take; ≥ 1. @default 2 */
  readonly factor?: number
  /** How many recent calls it takes before the percentile counts; integer ≥ 1. @default 100 */
  readonly warmUpCalls?: number
  /** How long calls count as recent, milliseconds > 0: at least this long and at most twice. @default 60_000 */
  readonly windowMs?: number
}

/** The options with all fields filled in. */
export type ResolvedAdaptiveLimitOptions = Readonly<Required<AdaptiveLimitOptions>>

/** The defaults of {@link AdaptiveLimitOptions}. */
export const adaptiveLimitDefaults: Omit<ResolvedAdaptiveLimitOptions, 'ceilingMs'> = Object.freeze({
  floorMs: 10,
  percentile: 0.99,
  factor: 2,
  warmUpCalls: 100,
  windowMs: 60_000,
})

const what = 'timeout adaptive'
const duration = above(0, 2 ** 31 - 1)
const table: OptionTable<AdaptiveLimitOptions> = {
  ceilingMs: duration,
  floorMs: duration,
  percentile: above(0, 1),
  factor: atLeast(1, 1_000),
  warmUpCalls: integer(1, 1_000_000),
  windowMs: duration,
}

/** Validates the options once, at construction. */
export function resolveAdaptiveLimitOptions(options: AdaptiveLimitOptions): ResolvedAdaptiveLimitOptions {
  checkOptions(what, options, table)
  const resolved = Object.freeze({ ...adaptiveLimitDefaults, ...withoutUndefined(options) })
  const { ceilingMs, floorMs, percentile } = resolved
  if (ceilingMs === undefined)
    throw new TypeError("Cannot create timeout as 'adaptive.ceilingMs' must be given")
  if (percentile === 1) throw new RangeError(`Cannot create ${what} as 'percentile' must be below 1`)
  if (floorMs <= ceilingMs) return resolved
  throw new RangeError(
    `Cannot create ${what} as 'floorMs' must be at most 'ceilingMs': current values are ${floorMs} and ${ceilingMs}`,
  )
}
