import { readProperty } from '../faults/read-property.ts'
import type { AddedAttempt } from './retry-allowance.ts'
import { judge, type PlannedWait, planWait, retryLimits } from './retry-judge.ts'
import type { RetryLog } from './retry-log.ts'
import type { ResolvedRetryOptions } from './retry-options.ts'
import type { RetryPlace } from './retry-place.ts'
import type { RetryRule } from './retry-rule.ts'

/** The retry that follows a failed attempt. */
export interface RetryStep {
  readonly rule: RetryRule | undefined
  readonly wait: PlannedWait
  /** How much time there was when the attempt failed; undefined when nobody knows. */
  readonly leftMs: number | undefined
}

/**
 * What to do about a failure: undefined means nothing, and has been reported. The budget is asked last, so that
 * nothing is taken from it for a retry that is not made.
 */
export function nextStep(
  options: ResolvedRetryOptions,
  place: RetryPlace,
  log: RetryLog,
): RetryStep | undefined {
  const { run, setup, failure } = place
  const leftMs = timeLeft(options, place)
  const question = { operation: run.operation, attempt: place.progress.retries }
  const judgement = judge(options, failure, { question, leftMs })
  const isSafe = run.call.options?.idempotent ?? setup.isIdempotent
  if (!judgement.isWorth) log.declined(place, judgement.reason)
  else if (!isSafe && !failure.isHarmless) log.declined(place, 'unsafe')
  else return affordable(options, { place, rule: judgement.rule, leftMs }, log)
  return undefined
}

function affordable(
  options: ResolvedRetryOptions,
  { place, rule, leftMs }: Omit<RetryStep, 'wait'> & { readonly place: RetryPlace },
  log: RetryLog,
): RetryStep | undefined {
  if (!place.failure.isRejected) options.budget?.failed?.()
  if (!hasRetryLeft(options, place, rule)) {
    log.ranOutOfRetries(place)
    return undefined
  }
  const wait = planWait(options, place, rule)
  if (wait === undefined) log.declined(place, 'pushback')
  else if (leftMs !== undefined && wait.delayMs > leftMs)
    log.ranOutOfTime(place, { delayMs: wait.delayMs, leftMs })
  else if (!mayWithdraw(options, place)) log.ranOutOfBudget(place)
  else return { rule, wait, leftMs }
  return undefined
}

function timeLeft(
  { totalMs, remainingMs }: ResolvedRetryOptions,
  { run, progress, failedAt }: RetryPlace,
): number | undefined {
  const known = remainingMs?.({ operation: run.operation, attempt: progress.retries })
  if (totalMs === undefined) return known
  return Math.min(known ?? Infinity, totalMs - (failedAt - progress.startedAt))
}

function hasRetryLeft(
  options: ResolvedRetryOptions,
  { run, progress }: RetryPlace,
  rule: RetryRule | undefined,
): boolean {
  const { rules } = options
  const limitOf = retryLimits(options, run.call.options?.criticality ?? 'normal')
  if (progress.of(rule).retries >= limitOf(rule)) return false
  return rules.length === 0 || progress.retries < Math.max(limitOf(undefined), ...rules.map(limitOf))
}

/** An attempt that a policy refused was no request: repeating it adds no load, and takes nothing. */
function mayWithdraw({ budget }: ResolvedRetryOptions, { failure, progress }: RetryPlace): boolean {
  if (budget === undefined || failure.isRejected) return true
  const added = addedFor(failure.payload)
  if (!budget.tryWithdraw(added)) return false
  progress.added = added
  return true
}

function addedFor(error: unknown): AddedAttempt {
  const code = readProperty(error, 'code')
  const isTimeout =
    code === 'TIMEOUT' || code === 'ETIMEDOUT' || readProperty(error, 'name') === 'TimeoutError'
  return isTimeout ? 'timeout' : 'failure'
}
