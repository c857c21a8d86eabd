import type { Clock } from '../clock/clock.ts'
import { checkNames, checkNumbers } from '../config/check-option.ts'
import { exponential } from './backoff.ts'
import type { Backoff, Jitter } from './jitter.ts'

/** How one class of errors is retried; `transientErrors()`, `rateLimiting()` and `authentication()` make some. */
export interface RetryRule {
  /** Shown in events. */
  readonly name: string
  /** Whether the rule is about this error. */
  readonly matches: (error: unknown) => boolean
  /** How often a call may be retried for this class of errors. */
  readonly maxRetries: number
  readonly backoff: Backoff
  /** What must be done before the retry. */
  readonly preparation?: RetryPreparation
}

/** What one call asks of a preparation. */
export interface PreparationRequest {
  readonly clock: Clock
  readonly operation: string
  readonly error: unknown
}

/** Something that has to succeed before a retry makes sense, done once for all calls that wait for it. */
export interface RetryPreparation {
  /** When it last succeeded, by the clock's `now`. */
  readonly doneAt: number
  /**
   * Starts it, or joins who waits for it already. Calls `done` once, later, with what went wrong if something did.
   *
   * @returns leaves it; when nobody waits any more it is aborted
   */
  join(
    request: PreparationRequest,
    done: (failure: { readonly error: unknown } | undefined) => void,
  ): () => void
}

/** Options of the rules that have a number of retries and an exponential backoff. */
export interface RetryRuleOptions {
  /** How often a call may be retried for this class of errors; integer 0–10,000. */
  readonly maxRetries?: number
  /** The wait before the first retry, before jitter; ≥ 0. */
  readonly initialMs?: number
  /** No wait is longer; ≥ 0. */
  readonly maxMs?: number
  /** How chance spreads the waits. @default 'full' */
  readonly jitter?: Jitter
}

/** Checks what a rule was given and puts it together with its defaults. */
export function resolveRule(
  name: string,
  options: RetryRuleOptions,
  defaults: Readonly<Required<RetryRuleOptions>>,
): Pick<RetryRule, 'name' | 'maxRetries' | 'backoff'> {
  checkNames(`rule ${name}`, options, Object.keys(defaults))
  checkNumbers(`rule ${name}`, options, { maxRetries: { min: 0, max: 10_000, isInteger: true } })
  const { maxRetries = defaults.maxRetries, initialMs = defaults.initialMs } = options
  const { maxMs = defaults.maxMs, jitter = defaults.jitter } = options
  return { name, maxRetries, backoff: exponential({ initialMs, maxMs, jitter }) }
}
