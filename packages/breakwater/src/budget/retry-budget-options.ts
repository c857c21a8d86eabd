import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import { withoutUndefined } from '../config/check-option.ts'
import { aFunction, anything, atLeast, integer } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
import type { BudgetEvent } from './budget-events.ts'

/** Options of {@link retryBudget}. */
export interface RetryBudgetOptions {
  /** Retries allowed per first attempt, 0–1 and above: 0.2 adds at most 20 % load. @default 0.2 */
  readonly ratio?: number
  /** Retries a second that are allowed however few calls there are; ≥ 0. @default 3 */
  readonly minPerSecond?: number
  /** How far back calls and retries count, whole seconds ≥ 1 in milliseconds. @default 10_000 */
  readonly windowMs?: number
  /** Names the budget in events and on the page. @default 'retry-budget' */
  readonly name?: string
  /** What time is taken from. @default the system's */
  readonly clock?: Clock
  /** Told of each {@link BudgetEvent}. */
  readonly onEvent?: (event: BudgetEvent) => void
}

/** The defaults of {@link RetryBudgetOptions}. */
export const retryBudgetDefaults: Readonly<Required<Omit<RetryBudgetOptions, 'clock' | 'onEvent'>>> =
  Object.freeze({
    ratio: 0.2,
    minPerSecond: 3,
    windowMs: 10_000,
    name: 'retry-budget',
  })

/** The options with all fields filled in. */
export type ResolvedRetryBudgetOptions = Readonly<Required<Omit<RetryBudgetOptions, 'onEvent'>>>

const table: OptionTable<RetryBudgetOptions> = {
  ratio: atLeast(0, 1000),
  minPerSecond: atLeast(0, 1e6),
  windowMs: integer(1000, 3_600_000),
  name: anything,
  clock: anything,
  onEvent: aFunction,
}

/** Validates the options once, at construction. */
export function resolveRetryBudgetOptions(options: RetryBudgetOptions): ResolvedRetryBudgetOptions {
  checkOptions('retry budget', options, table)
  return Object.freeze({ ...retryBudgetDefaults, clock: systemClock, ...withoutUndefined(options) })
}
