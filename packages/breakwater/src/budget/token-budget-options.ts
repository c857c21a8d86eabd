import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import { checkFunction, checkNames, checkNumbers, withoutUndefined } from '../config/check-option.ts'
import type { BudgetEvent } from './budget-events.ts'

/** Options of {@link tokenBudget}. */
export interface TokenBudgetOptions {
  /** Tokens in a full bucket, and at the start; > 0. @default 500 */
  readonly capacity?: number
  /** Tokens that a retry or a hedge takes; ≥ 0. @default 5 */
  readonly retryCost?: number
  /** Tokens that a retry after a timeout takes, which cost the dependency most; ≥ 0. @default 10 */
  readonly timeoutCost?: number
  /** Whether a call that a retry saved gives back what that retry took. @default true */
  readonly refundOnSuccess?: boolean
  /** Tokens that a call earns which succeeds without a further attempt; ≥ 0. @default 1 */
  readonly successReward?: number
  /** Tokens that each failed attempt takes by itself, down to 0; ≥ 0. @default 0 */
  readonly failureCost?: number
  /** Attempts are added only while there are more tokens than this; ≥ 0. @default 0 */
  readonly reserve?: number
  /** Tokens that time alone brings; ≥ 0. @default 0 */
  readonly refillPerSecond?: number
  /** Names the budget in events and on the page. @default 'token-budget' */
  readonly name?: string
  /** What time is taken from. @default the system's */
  readonly clock?: Clock
  /** Told of each {@link BudgetEvent}. */
  readonly onEvent?: (event: BudgetEvent) => void
}

/** The defaults of {@link TokenBudgetOptions}. */
export const tokenBudgetDefaults: Readonly<Required<Omit<TokenBudgetOptions, 'clock' | 'onEvent'>>> =
  Object.freeze({
    capacity: 500,
    retryCost: 5,
    timeoutCost: 10,
    refundOnSuccess: true,
    successReward: 1,
    failureCost: 0,
    reserve: 0,
    refillPerSecond: 0,
    name: 'token-budget',
  })

/** The options with all fields filled in. */
export type ResolvedTokenBudgetOptions = Readonly<Required<Omit<TokenBudgetOptions, 'onEvent'>>>

const tokens = { min: 0, max: 1e9 } as const

/** Validates the options once, at construction. */
export function resolveTokenBudgetOptions(options: TokenBudgetOptions): ResolvedTokenBudgetOptions {
  checkNames('token budget', options, [...Object.keys(tokenBudgetDefaults), 'clock', 'onEvent'])
  checkNumbers('token budget', options, {
    capacity: { ...tokens, isAboveMin: true },
    retryCost: tokens,
    timeoutCost: tokens,
    successReward: tokens,
    failureCost: tokens,
    reserve: { min: 0, max: options.capacity ?? tokenBudgetDefaults.capacity },
    refillPerSecond: tokens,
  })
  checkFunction('token budget', 'onEvent', options.onEvent)
  const { onEvent: _, ...given } = withoutUndefined(options)
  return Object.freeze({ ...tokenBudgetDefaults, clock: systemClock, ...given })
}
