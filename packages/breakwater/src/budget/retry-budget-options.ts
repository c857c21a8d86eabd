import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import { checkFunction, checkNames, checkNumbers, withoutUndefined } from '../config/check-option.ts'
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

/** Validates the options once, at construction. */
export function resolveRetryBudgetOptions(options: RetryBudgetOptions): ResolvedRetryBudgetOptions {
  checkNames('retry budget', options, ['ratio', 'minPerSecond', 'windowMs', 'name', 'clock', 'onEvent'])
  checkFunction('retry budget', 'onEvent', options.onEvent)
  checkNumbers('retry budget', options, {
    ratio: { min: 0, max: 1000 },
    minPerSecond: { min: 0, max: 1e6 },
    windowMs: { min: 1000, max: 3_600_000, isInteger: true },
  })
  const { onEvent: _, ...given } = withoutUndefined(options)
  return Object.freeze({ ...retryBudgetDefaults, clock: systemClock, ...given })
}
