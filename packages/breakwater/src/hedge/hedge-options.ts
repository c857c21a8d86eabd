import { checkNumbers, withoutUndefined } from '../config/check-option.ts'
import { above, aFunction, anything, atLeast, integer, methods } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
import type { HedgeEvent } from './hedge-events.ts'

/** The part of a retry budget that a hedge uses; share one with the retries of the same dependency. */
export interface HedgeAllowance {
  /** A first attempt is made. */
  deposit(): void
  /** Takes one more attempt, or says that there is none left. */
  tryWithdraw(added?: 'hedge'): boolean
  /** A call succeeded; `added` when it was a hedge that answered. For budgets that live from outcomes. */
  succeeded?(added: 'hedge' | undefined): void
}

/** A delay that follows what calls take: the percentile of the last successful attempts. */
export interface PercentileDelay {
  /** The share of attempts that end before the hedge starts, 0–1 exclusive. @default 0.95 */
  readonly percentile?: number
  /** The delay is never below; ≥ 0. @default 1 */
  readonly minMs?: number
  /** The delay is never above, and this much until `minimumSamples` are there; ≥ `minMs`. @default 1_000 */
  readonly maxMs?: number
  /** How many attempts must have succeeded before the percentile counts; integer ≥ 1. @default 50 */
  readonly minimumSamples?: number
  /** How far back attempts count, milliseconds; ≥ 100. Between one and two such windows are looked at. @default 30_000 */
  readonly windowMs?: number
}

/** Options of {@link hedge}. */
export interface HedgeOptions {
  /** How many attempts may be added to the first; integer 1–10. @default 1 */
  readonly maxHedges?: number
  /** How long to wait for an answer before the next attempt starts: milliseconds ≥ 0, or by percentile. @default by percentile */
  readonly delay?: number | PercentileDelay
  /** Limits how much load hedges add. @default none */
  readonly budget?: HedgeAllowance
  /** Whether a failed attempt starts the next at once instead of ending the call. @default true */
  readonly onFailure?: boolean
  /** Names the policy in events and on the page. @default 'hedge' */
  readonly name?: string
  /** Told of each {@link HedgeEvent}. */
  readonly onEvent?: (event: HedgeEvent) => void
}

/** The options with all fields filled in. */
export interface ResolvedHedgeOptions {
  readonly maxHedges: number
  readonly delay: number | Required<PercentileDelay>
  readonly budget?: HedgeAllowance
  readonly onFailure: boolean
  readonly name: string
}

/** The defaults of {@link PercentileDelay}. */
export const percentileDelayDefaults: Required<PercentileDelay> = Object.freeze({
  percentile: 0.95,
  minMs: 1,
  maxMs: 1_000,
  minimumSamples: 50,
  windowMs: 30_000,
})

/** The defaults of {@link HedgeOptions} that are plain values. */
export const hedgeDefaults: Readonly<{ maxHedges: number; onFailure: boolean; name: string }> = Object.freeze(
  {
    maxHedges: 1,
    onFailure: true,
    name: 'hedge',
  },
)

const table: OptionTable<HedgeOptions> = {
  maxHedges: integer(1, 10),
  delay: (what, field, value) => {
    if (typeof value !== 'object') atLeast(0)(what, field, value)
  },
  budget: methods('deposit', 'tryWithdraw'),
  onFailure: anything,
  name: anything,
  onEvent: aFunction,
}
const percentileTable: OptionTable<PercentileDelay> = {
  percentile: above(0, 0.9999),
  minMs: atLeast(0),
  maxMs: anything,
  minimumSamples: integer(1),
  windowMs: atLeast(100),
}

/** Validates the options once, at construction. */
export function resolveHedgeOptions(options: HedgeOptions): ResolvedHedgeOptions {
  checkOptions('hedge', options, table)
  const given = { ...hedgeDefaults, ...withoutUndefined(options) }
  const { delay = {} } = given
  return Object.freeze({ ...given, delay: typeof delay === 'number' ? delay : resolvePercentile(delay) })
}

function resolvePercentile(options: PercentileDelay): Required<PercentileDelay> {
  checkOptions('hedge delay', options, percentileTable)
  const delay = { ...percentileDelayDefaults, ...withoutUndefined(options) }
  checkNumbers('hedge delay', options, { maxMs: { min: delay.minMs } })
  return Object.freeze(delay)
}
