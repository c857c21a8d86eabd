import type { Clock } from '../clock/clock.ts'
import type { Criticality } from '../pipeline/call-context.ts'
import { isAnyOf } from './error-matcher.ts'
import type { FailedAttempt } from './failed-attempt.ts'
import { retryHint } from './retry-after.ts'
import type { RetryDeclined, RetryScheduled } from './retry-events.ts'
import { retriesAtLevel } from './retry-limits.ts'
import type { ResolvedRetryOptions, RetryQuestion } from './retry-options.ts'
import type { RetryPlace } from './retry-place.ts'
import type { RetryRule } from './retry-rule.ts'

/** Whether a failed attempt is worth another: the rule that it follows, or why not. */
export type Judgement =
  | { readonly isWorth: true; readonly rule: RetryRule | undefined }
  | { readonly isWorth: false; readonly reason: RetryDeclined['reason'] }

/** How long to wait, and what for. */
export interface PlannedWait {
  readonly delayMs: number
  /** The part of it that the backoff asked for. */
  readonly backoffMs: number
  readonly because: RetryScheduled['because']
}

/** Judges by the lists, then the rules, then `retryOn`, then what is known of refusals. */
export function judge(
  options: ResolvedRetryOptions,
  failure: FailedAttempt,
  { question, leftMs }: { readonly question: RetryQuestion; readonly leftMs: number | undefined },
): Judgement {
  const { nonRetryableErrors, retryableErrors, rules, retryOn } = options
  if (nonRetryableErrors.length > 0 && isAnyOf(nonRetryableErrors, failure.error)) return no('not-retryable')
  const rule = rules.length === 0 ? undefined : rules.find((candidate) => candidate.matches(failure.error))
  const isWorth =
    rule !== undefined ||
    (retryableErrors.length > 0 && isAnyOf(retryableErrors, failure.error)) ||
    (!failure.isRejected && retryOn(failure.error, question)) ||
    mayComeBack(options, failure, leftMs)
  if (isWorth) return { isWorth, rule }
  return no(failure.refusal === undefined ? 'not-retryable' : 'rejected')
}

/** How often a call may be retried for errors that follow a rule. The level is asked for once. */
export function retryLimits(
  { maxRetries, byCriticality, level }: ResolvedRetryOptions,
  criticality: Criticality,
): (rule: RetryRule | undefined) => number {
  const cap = byCriticality[criticality]
  const now = level?.() ?? 'normal'
  const scale = Object.hasOwn(retriesAtLevel, now) ? retriesAtLevel[now] : retriesAtLevel.normal
  return (rule) =>
    scale(rule === undefined ? (cap ?? maxRetries) : Math.min(rule.maxRetries, cap ?? Infinity))
}

/** What the wait before the next attempt is; undefined when the server does not want one. */
export function planWait(
  options: ResolvedRetryOptions,
  { failure, progress, setup }: RetryPlace,
  rule: RetryRule | undefined,
): PlannedWait | undefined {
  const { retries, delayMs: previousMs } = progress.of(rule)
  const backoff = rule?.backoff ?? options.backoff
  const backoffMs = saneDelay(backoff.delayMs(retries + 1, setup.random, previousMs))
  const { circuitMs } = failure
  if (circuitMs !== undefined) return { delayMs: circuitMs + backoffMs, backoffMs, because: 'circuit-open' }
  const hint = hintOf(options, failure, setup.clock)
  if (hint === 'never') return undefined
  const hintMs = Math.min(hint ?? 0, options.maxRetryAfterMs)
  if (hintMs > backoffMs) return { delayMs: hintMs, backoffMs, because: 'retry-after' }
  return { delayMs: backoffMs, backoffMs, because: 'backoff' }
}

function no(reason: RetryDeclined['reason']): Judgement {
  return { isWorth: false, reason }
}

/** A breaker is waited for only when that is known to end in time; other refusals only when they are asked for. */
function mayComeBack(
  { retryRejections, maxRetryAfterMs }: ResolvedRetryOptions,
  { refusal }: FailedAttempt,
  leftMs: number | undefined,
): boolean {
  if (refusal === undefined) return false
  const { code, retryAfterMs } = refusal
  if (code === 'CIRCUIT_OPEN') return retryAfterMs !== undefined && leftMs !== undefined
  // Time does not come back.
  if (code === 'DEADLINE_EXCEEDED') return false
  return retryRejections && (retryAfterMs ?? 0) <= maxRetryAfterMs
}

function hintOf(
  { honourRetryAfter }: ResolvedRetryOptions,
  { refusal, payload }: FailedAttempt,
  clock: Clock,
): ReturnType<typeof retryHint> {
  if (refusal !== undefined) return refusal.retryAfterMs
  return honourRetryAfter ? retryHint(payload, clock.epochNow()) : undefined
}

/** A backoff of the application's own may give anything. */
function saneDelay(ms: number): number {
  return ms > 0 ? Math.min(ms, Number.MAX_SAFE_INTEGER) : 0
}
