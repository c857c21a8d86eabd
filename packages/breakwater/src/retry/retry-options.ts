import { checkFunction, mustBe, withoutUndefined } from '../config/check-option.ts'
import {
  aBoolean,
  above,
  aFunction,
  anArray,
  anything,
  atLeast,
  integer,
  methods,
  type OptionRule,
} from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
import { exponential } from './backoff.ts'
import type { ErrorMatcher } from './error-matcher.ts'
import type { Backoff } from './jitter.ts'
import type { RetryAllowance } from './retry-allowance.ts'
import type { RetryEvent } from './retry-events.ts'
import type { RetriesByCriticality, RetryLevel } from './retry-limits.ts'
import type { RetryRule } from './retry-rule.ts'
import { isRetryable } from './retryable.ts'

/** What a rule about retrying may look at. */
export interface RetryQuestion {
  readonly operation: string
  /** 0 for the first attempt. */
  readonly attempt: number
}

/** Tells when what was broken has recovered; the result of `subscribe` unsubscribes. */
export interface RecoverySignal {
  subscribe(listener: () => void): () => void
}

/** Options of {@link retry}. */
export interface RetryOptions {
  /** How many times to try again after the first attempt; integer 0–10,000. @default 2 */
  readonly maxRetries?: number
  /** How long to wait before each retry. @default exponential({ initialMs: 100, maxMs: 20_000 }) with full jitter */
  readonly backoff?: Backoff
  /** Limits how much load the retries of all callers add; share one per dependency. @default none */
  readonly budget?: RetryAllowance
  /**
   * Which errors are worth another attempt, when no list and no rule is about them. An abort by the caller never is; a
   * timeout of ours is asked about like any error. @default isRetryable
   */
  readonly retryOn?: (error: unknown, question: RetryQuestion) => boolean
  /** Errors that are never tried again; wins over all else. @default [] */
  readonly nonRetryableErrors?: readonly ErrorMatcher[]
  /** Errors that are tried again whatever rules and `retryOn` say. @default [] */
  readonly retryableErrors?: readonly ErrorMatcher[]
  /** How classes of errors are retried, each with limits of its own; the first that matches holds. @default [] */
  readonly rules?: readonly RetryRule[]
  /**
   * No wait is begun that would end later than so long after the call came in, milliseconds > 0. It cuts no attempt
   * that runs: that is what `timeout({ totalMs })` is for. @default none
   */
  readonly totalMs?: number
  /** How much time a call has left, milliseconds, when somebody knows: no wait is begun that is longer. @default unknown */
  readonly remainingMs?: (question: RetryQuestion) => number | undefined
  /** Whether a wait is at least as long as the dependency asks for, by `Retry-After` and the like. @default true */
  readonly honourRetryAfter?: boolean
  /** The dependency's wish counts for so much at most, milliseconds ≥ 0. @default 60_000 */
  readonly maxRetryAfterMs?: number
  /**
   * Whether refusals by policies further in are tried again: a full bulkhead, a rate limit. A breaker's is waited
   * for by itself when the time that is left is known and suffices. @default false
   */
  readonly retryRejections?: boolean
  /** In place of `maxRetries`, and above what rules say, for calls of these criticalities. @default {} */
  readonly byCriticality?: RetriesByCriticality
  /** How much of the service still works; retries become fewer: all, half, one, none. @default always 'normal' */
  readonly level?: () => RetryLevel
  /** Ends a backoff early when what was broken has recovered. @default none */
  readonly recovered?: RecoverySignal
  /** Waits that a recovery ends are spread over so long, milliseconds ≥ 0, so that callers do not come together. @default 1_000 */
  readonly recoverySpreadMs?: number
  /** Names the policy in events and on the page. @default 'retry' */
  readonly name?: string
  /** Told of each {@link RetryEvent}. */
  readonly onEvent?: (event: RetryEvent) => void
}

type WithoutDefault = 'budget' | 'totalMs' | 'remainingMs' | 'level' | 'recovered'

/** The options with all fields filled in. */
export type ResolvedRetryOptions = Readonly<
  Required<Omit<RetryOptions, WithoutDefault | 'onEvent'>> & Pick<RetryOptions, WithoutDefault>
>

/** The defaults of {@link RetryOptions} that are plain values. */
export const retryDefaults: Readonly<{
  maxRetries: number
  honourRetryAfter: boolean
  maxRetryAfterMs: number
  retryRejections: boolean
  recoverySpreadMs: number
  name: string
}> = Object.freeze({
  maxRetries: 2,
  honourRetryAfter: true,
  maxRetryAfterMs: 60_000,
  retryRejections: false,
  recoverySpreadMs: 1_000,
  name: 'retry',
})

const what = 'retry'
const retries = integer(0, 10_000)
const matchers: OptionRule = (_what, field, value) => {
  anArray(what, field, value)
  const wrong = (value as unknown[]).find((one) => typeof one !== 'string' && typeof one !== 'function')
  if (wrong !== undefined)
    throw new TypeError(mustBe(`${what} as '${field}'`, 'classes, functions and names', wrong))
}
const table: OptionTable<RetryOptions> = {
  maxRetries: retries,
  backoff: methods('delayMs'),
  budget: methods('deposit', 'tryWithdraw'),
  retryOn: aFunction,
  nonRetryableErrors: matchers,
  retryableErrors: matchers,
  rules: checkRules,
  totalMs: above(0),
  remainingMs: aFunction,
  honourRetryAfter: aBoolean,
  maxRetryAfterMs: atLeast(0),
  retryRejections: aBoolean,
  byCriticality: (_what, _field, value) => checkOptions(what, value as RetriesByCriticality, criticalities),
  level: aFunction,
  recovered: methods('subscribe'),
  recoverySpreadMs: atLeast(0),
  name: anything,
  onEvent: aFunction,
}
const criticalities: OptionTable<RetriesByCriticality> = {
  ...{ low: retries, normal: retries },
  ...{ high: retries, critical: retries },
}

/** Validates the options once, at construction. */
export function resolveRetryOptions(options: RetryOptions): ResolvedRetryOptions {
  checkOptions(what, options, table)
  const given = withoutUndefined(options)
  const { nonRetryableErrors = [], retryableErrors = [], rules = [] } = given
  return Object.freeze({
    ...retryDefaults,
    backoff: exponential(),
    retryOn: isRetryable,
    ...given,
    nonRetryableErrors: [...nonRetryableErrors],
    retryableErrors: [...retryableErrors],
    rules: [...rules],
    byCriticality: { ...given.byCriticality },
  })
}

function checkRules(_what: string, field: string, rules: unknown): void {
  anArray(what, field, rules)
  for (const rule of rules as (RetryRule | undefined)[]) {
    checkFunction(what, 'rules.matches', rule?.matches ?? null)
    checkFunction(what, 'rules.backoff.delayMs', rule?.backoff?.delayMs ?? null)
  }
}
