import {
  checkFunction,
  checkMethods,
  checkNames,
  checkNumbers,
  withoutUndefined,
} from '../config/check-option.ts'
import { type Backoff, exponential } from './backoff.ts'
import type { RetryEvent } from './retry-events.ts'
import { isRetryable } from './retryable.ts'

/** The part of a retry budget that a retry uses; `retryBudget()` makes one. */
export interface RetryAllowance {
  /** A first attempt is made. */
  deposit(): void
  /** Takes one retry, or says that there is none left. */
  tryWithdraw(): boolean
}

/** What a rule about retrying may look at. */
export interface RetryQuestion {
  readonly operation: string
  /** 0 for the first attempt. */
  readonly attempt: number
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
   * Which errors are worth another attempt. Refusals by other policies never are, nor is an abort by the caller;
   * a timeout of ours is asked about like any error. @default isRetryable
   */
  readonly retryOn?: (error: unknown, question: RetryQuestion) => boolean
  /** Names the policy in events and on the page. @default 'retry' */
  readonly name?: string
  /** Told of each {@link RetryEvent}. */
  readonly onEvent?: (event: RetryEvent) => void
}

/** The options with all fields filled in. */
export interface ResolvedRetryOptions {
  readonly maxRetries: number
  readonly backoff: Backoff
  readonly budget: RetryAllowance | undefined
  readonly retryOn: (error: unknown, question: RetryQuestion) => boolean
  readonly name: string
}

/** The defaults of {@link RetryOptions} that are plain values. */
export const retryDefaults: Readonly<{ maxRetries: number; name: string }> = Object.freeze({
  maxRetries: 2,
  name: 'retry',
})

/** Validates the options once, at construction. */
export function resolveRetryOptions(options: RetryOptions): ResolvedRetryOptions {
  checkNames('retry', options, ['maxRetries', 'backoff', 'budget', 'retryOn', 'name', 'onEvent'])
  checkNumbers('retry', options, { maxRetries: { min: 0, max: 10_000, isInteger: true } })
  checkFunction('retry', 'retryOn', options.retryOn)
  checkFunction('retry', 'onEvent', options.onEvent)
  checkMethods('retry', options, { backoff: ['delayMs'], budget: ['deposit', 'tryWithdraw'] })
  const { maxRetries, name } = { ...retryDefaults, ...withoutUndefined(options) }
  const { backoff = exponential(), retryOn = isRetryable, budget } = options
  return Object.freeze({ maxRetries, name, backoff, retryOn, budget })
}
