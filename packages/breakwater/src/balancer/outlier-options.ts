import { checkNumbers, withoutUndefined } from '../config/check-option.ts'
import { above, anything, atLeast, integer } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'

/** Ejects endpoints whose success ratio is far below that of the others. */
export interface SuccessRateRule {
  /** How many endpoints must have enough calls; integer ≥ 2. @default 5 */
  readonly minimumEndpoints?: number
  /** How many calls of an interval an endpoint must have to be looked at; integer ≥ 1. @default 100 */
  readonly minimumCalls?: number
  /** How many standard deviations below the mean is too low; ≥ 0. @default 1.9 */
  readonly stdevFactor?: number
}

/** Ejects endpoints of which too large a share of calls failed. */
export interface FailureRatioRule {
  /** How many endpoints must have enough calls; integer ≥ 1. @default 5 */
  readonly minimumEndpoints?: number
  /** How many calls of an interval an endpoint must have to be looked at; integer ≥ 1. @default 50 */
  readonly minimumCalls?: number
  /** The share of failures, above 0 and up to 1, from which on it is ejected. @default 0.85 */
  readonly threshold?: number
}

/** When endpoints are taken out, for how long, and how many at most. */
export interface OutlierEjectionOptions {
  /** Ejects after so many failures in a row; integer ≥ 0, 0 for never. @default 5 */
  readonly consecutiveFailures?: number
  /** How long calls are counted before the two rules below judge them, milliseconds, 100 ms to 1 day. @default 10_000 */
  readonly intervalMs?: number
  /** How long the first ejection lasts, milliseconds, 1 ms to 1 day; the n-th in short order lasts n times as long. @default 30_000 */
  readonly baseEjectionMs?: number
  /** No ejection lasts longer, before jitter, milliseconds; ≥ `baseEjectionMs`. @default 300_000 */
  readonly maxEjectionMs?: number
  /** Adds up to this share to the time of an ejection, 0–1, so that clients do not come back together. @default 0.1 */
  readonly jitter?: number
  /** How large a share of all endpoints may be ejected at once, 0–1; one always may. @default 0.1 */
  readonly maxEjectedRatio?: number
  /** The rule by mean and standard deviation, or `false` for none. @default on */
  readonly successRate?: SuccessRateRule | false
  /** The rule by share of failures, or `false` for none. @default on */
  readonly failureRatio?: FailureRatioRule | false
}

/** The options with all fields filled in. */
export interface OutlierSettings {
  readonly consecutiveFailures: number
  readonly intervalMs: number
  readonly baseEjectionMs: number
  readonly maxEjectionMs: number
  readonly jitter: number
  readonly maxEjectedRatio: number
  readonly successRate: Readonly<Required<SuccessRateRule>> | false
  readonly failureRatio: Readonly<Required<FailureRatioRule>> | false
}

/** The defaults of {@link OutlierEjectionOptions}. */
export const outlierEjectionDefaults: OutlierSettings = Object.freeze({
  consecutiveFailures: 5,
  intervalMs: 10_000,
  baseEjectionMs: 30_000,
  maxEjectionMs: 300_000,
  jitter: 0.1,
  maxEjectedRatio: 0.1,
  successRate: Object.freeze({ minimumEndpoints: 5, minimumCalls: 100, stdevFactor: 1.9 }),
  failureRatio: Object.freeze({ minimumEndpoints: 5, minimumCalls: 50, threshold: 0.85 }),
})

const what = 'balancer outlier ejection'
const dayMs = 86_400_000
const table: OptionTable<OutlierEjectionOptions> = {
  consecutiveFailures: integer(0, 1_000_000),
  intervalMs: atLeast(100, dayMs),
  baseEjectionMs: atLeast(1, dayMs),
  maxEjectionMs: anything,
  jitter: atLeast(0, 1),
  maxEjectedRatio: atLeast(0, 1),
  successRate: anything,
  failureRatio: anything,
}
const successRateTable: OptionTable<SuccessRateRule> = {
  minimumEndpoints: integer(2),
  minimumCalls: integer(1),
  stdevFactor: atLeast(0),
}
const failureRatioTable: OptionTable<FailureRatioRule> = {
  minimumEndpoints: integer(1),
  minimumCalls: integer(1),
  threshold: above(0, 1),
}

/** Validates the options once, at construction. */
export function resolveOutlierOptions(options: OutlierEjectionOptions): OutlierSettings {
  checkOptions(what, options, table)
  const { baseEjectionMs: min = outlierEjectionDefaults.baseEjectionMs } = options
  checkNumbers(what, options, { maxEjectionMs: { min, max: dayMs } })
  const given = { ...outlierEjectionDefaults, ...withoutUndefined(options) }
  const { successRate, failureRatio } = outlierEjectionDefaults
  return Object.freeze({
    ...given,
    maxEjectionMs: Math.max(given.maxEjectionMs, given.baseEjectionMs),
    successRate: given.successRate !== false && {
      ...successRate,
      ...checked('success rate', given.successRate, successRateTable),
    },
    failureRatio: given.failureRatio !== false && {
      ...failureRatio,
      ...checked('failure ratio', given.failureRatio, failureRatioTable),
    },
  }) as OutlierSettings
}

function checked<Rule extends object>(by: string, rule: Rule, rules: OptionTable<Rule>): Rule {
  checkOptions(`${what} by ${by}`, rule, rules)
  return withoutUndefined(rule)
}
