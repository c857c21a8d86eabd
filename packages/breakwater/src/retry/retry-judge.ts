import { isMeant } from './error-matcher.ts'
import { retryHint } from './retry-after.ts'
import type { RetryDeclined, RetryScheduled } from './retry-events.ts'
import { retriesAtLevel } from './retry-limits.ts'
import type { RetryPlace } from './retry-place.ts'
import type { RetryRule } from './retry-rule.ts'

/** Whether a failed attempt is worth another: the rule that it follows, or why not. */
export type Judgement = { readonly rule: RetryRule | undefined } | RetryDeclined['reason']

/** The retry that follows a failed attempt. */
export interface RetryStep {
  readonly rule: RetryRule | undefined
  /** How long to wait, and what for. */
  readonly delayMs: number
  readonly because: RetryScheduled['because']
  /** The part of it that the backoff asked for. */
  readonly backoffMs: number
}

/** Judges by the lists, then the rules, then `retryOn`, then what is known of refusals. */
export function judge(place: RetryPlace): Judgement {
  const { failure, options, question } = place
  const { nonRetryableErrors, retryableErrors, rules, retryOn } = options
  // The error is asked for as late as can be: that of a refusal is made only then.
  if (nonRetryableErrors.some((matcher) => isMeant(matcher, failure.error))) return 'not-retryable'
  const rule = rules.find((candidate) => candidate.matches(failure.error))
  const isWorth =
    rule !== undefined ||
    retryableErrors.some((matcher) => isMeant(matcher, failure.error)) ||
    (!failure.isRejected && retryOn(failure.error, question)) ||
    mayComeBack(place)
  if (isWorth) return { rule }
  return failure.refusal === undefined ? 'not-retryable' : 'rejected'
}

/** Whether a call may be retried once more for an error that follows the rule. The level is asked for once. */
export function hasRetryLeft({ options, run, progress }: RetryPlace, rule: RetryRule | undefined): boolean {
  const { maxRetries, byCriticality, rules } = options
  const cap = byCriticality[run.call.options?.criticality ?? 'normal']
  const level = options.level?.()
  const limitOf = (one: RetryRule | undefined): number =>
    retriesAtLevel(level, one === undefined ? (cap ?? maxRetries) : Math.min(one.maxRetries, cap ?? Infinity))
  if (progress.of(rule).retries >= limitOf(rule)) return false
  return progress.retries < Math.max(...[undefined, ...rules].map(limitOf))
}

/** The retry after its wait; undefined when the server does not want one. */
export function planRetry(place: RetryPlace, rule: RetryRule | undefined): RetryStep | undefined {
  const { options, failure, progress, setup } = place
  const { retries, delayMs: previousMs } = progress.of(rule)
  const { backoff } = rule ?? options
  const backoffMs = saneDelay(backoff.delayMs(retries + 1, setup.random, previousMs))
  const { circuitMs } = failure
  if (circuitMs !== undefined)
    return { rule, delayMs: circuitMs + backoffMs, backoffMs, because: 'circuit-open' }
  const hint = hintOf(place)
  if (hint === 'never') return undefined
  const hintMs = Math.min(hint ?? 0, options.maxRetryAfterMs)
  if (hintMs > backoffMs) return { rule, delayMs: hintMs, backoffMs, because: 'retry-after' }
  return { rule, delayMs: backoffMs, backoffMs, because: 'backoff' }
}

/** A breaker is waited for only when that is known to end in time; other refusals only when they are asked for. */
function mayComeBack({ options, failure, isTimeLimited }: RetryPlace): boolean {
  if (failure.refusal === undefined) return false
  const { code, retryAfterMs } = failure.refusal
  if (code === 'CIRCUIT_OPEN') return retryAfterMs !== undefined && isTimeLimited
  // Time does not come back.
  if (code === 'DEADLINE_EXCEEDED') return false
  return options.retryRejections && (retryAfterMs ?? 0) <= options.maxRetryAfterMs
}

function hintOf({ options, failure, setup }: RetryPlace): ReturnType<typeof retryHint> {
  if (failure.refusal !== undefined) return failure.refusal.retryAfterMs
  return options.honourRetryAfter ? retryHint(failure.payload, setup.clock.epochNow()) : undefined
}

/** A backoff of the application's own may give anything. */
function saneDelay(ms: number): number {
  return ms > 0 ? Math.min(ms, Number.MAX_SAFE_INTEGER) : 0
}
