import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import { checkNumbers, withoutUndefined } from '../config/check-option.ts'
import { above, aFunction, anything, atLeast } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
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

const most = 1e9
const tokens = atLeast(0, most)
const table: OptionTable<TokenBudgetOptions> = {
  capacity: above(0, most),
  retryCost: tokens,
  timeoutCost: tokens,
  refundOnSuccess: anything,
  successReward: tokens,
  failureCost: tokens,
  reserve: anything,
  refillPerSecond: tokens,
  name: anything,
  clock: anything,
  onEvent: aFunction,
}

/** Validates the options once, at construction. */
export function resolveTokenBudgetOptions(options: TokenBudgetOptions): ResolvedTokenBudgetOptions {
  checkOptions('token budget', options, table)
  const given = { ...tokenBudgetDefaults, clock: systemClock, ...withoutUndefined(options) }
  checkNumbers('token budget', given, { reserve: { min: 0, max: given.capacity } })
  return Object.freeze(given)
}
