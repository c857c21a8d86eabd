import {
  checkFunction,
  checkMethods,
  checkNames,
  checkNumbers,
  withoutUndefined,
} from '../config/check-option.ts'
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
  Required<Omit<RetryOptions, WithoutDefault | 'onEvent'>> & {
    [Key in WithoutDefault]: RetryOptions[Key] | undefined
  }
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

const names: readonly (keyof RetryOptions)[] = [
  'maxRetries',
  'backoff',
  'budget',
  'retryOn',
  'nonRetryableErrors',
  'retryableErrors',
  'rules',
  'totalMs',
  'remainingMs',
  'honourRetryAfter',
  'maxRetryAfterMs',
  'retryRejections',
  'byCriticality',
  'level',
  'recovered',
  'recoverySpreadMs',
  'name',
  'onEvent',
]

const count = { min: 0, max: 10_000, isInteger: true } as const
const fields = {
  maxRetries: count,
  totalMs: { min: 0, isAboveMin: true },
  maxRetryAfterMs: { min: 0 },
  recoverySpreadMs: { min: 0 },
} as const
const criticalities = { low: count, normal: count, high: count, critical: count } as const

/** Validates the options once, at construction. */
export function resolveRetryOptions(options: RetryOptions): ResolvedRetryOptions {
  check(options)
  const { onEvent: _, ...given } = withoutUndefined(options)
  return Object.freeze({
    ...retryDefaults,
    backoff: given.backoff ?? exponential(),
    retryOn: isRetryable,
    budget: undefined,
    totalMs: undefined,
    remainingMs: undefined,
    level: undefined,
    recovered: undefined,
    ...given,
    nonRetryableErrors: [...(given.nonRetryableErrors ?? [])],
    retryableErrors: [...(given.retryableErrors ?? [])],
    rules: [...(given.rules ?? [])],
    byCriticality: { ...given.byCriticality },
  })
}

function check(options: RetryOptions): void {
  checkNames('retry', options, names)
  checkNumbers('retry', options, fields)
  for (const name of ['retryOn', 'remainingMs', 'level', 'onEvent'] as const)
    checkFunction('retry', name, options[name])
  checkMethods('retry', options, {
    backoff: ['delayMs'],
    budget: ['deposit', 'tryWithdraw'],
    recovered: ['subscribe'],
  })
  const { byCriticality = {} } = options
  checkNames('retry', byCriticality, Object.keys(criticalities))
  checkNumbers('retry', byCriticality, criticalities)
  checkKinds(options)
}

function checkKinds(options: RetryOptions): void {
  const { rules = [], retryableErrors = [], nonRetryableErrors = [] } = options
  for (const [name, list] of Object.entries({ rules, retryableErrors, nonRetryableErrors }))
    if (!Array.isArray(list)) throw wrongKind(name, 'an array', list)
  for (const rule of rules) {
    checkFunction('retry', 'rules.matches', rule?.matches ?? null)
    checkFunction('retry', 'rules.backoff.delayMs', rule.backoff?.delayMs ?? null)
  }
  for (const [name, list] of Object.entries({ retryableErrors, nonRetryableErrors })) {
    const wrong = list.find((matcher) => typeof matcher !== 'string' && typeof matcher !== 'function')
    if (wrong !== undefined) throw wrongKind(name, 'classes, functions and names', wrong)
  }
  for (const name of ['honourRetryAfter', 'retryRejections'] as const)
    if (typeof (options[name] ?? true) !== 'boolean') throw wrongKind(name, 'a boolean', options[name])
}

function wrongKind(name: string, kind: string, value: unknown): TypeError {
  return new TypeError(`Cannot create retry as '${name}' must be ${kind}: current value is ${String(value)}`)
}
