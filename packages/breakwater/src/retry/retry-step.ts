import { readProperty } from '../faults/read-property.ts'
import type { AddedAttempt } from './retry-allowance.ts'
import { hasRetryLeft, judge, planRetry, type RetryStep } from './retry-judge.ts'
import type { RetryPlace } from './retry-place.ts'
import type { RetryRule } from './retry-rule.ts'

/**
 * What to do about a failure: undefined means nothing, and has been reported. The budget is asked last, so that
 * nothing is taken from it for a retry that is not made.
 */
export function nextStep(place: RetryPlace): RetryStep | undefined {
  const { failure, log, options, run, setup } = place
  const judgement = judge(place)
  const isSafe = run.call.options?.idempotent ?? setup.isIdempotent
  if (typeof judgement === 'string') log.declined(place, judgement)
  else if (!isSafe && !failure.isHarmless) log.declined(place, 'unsafe')
  else {
    if (!failure.isRejected) options.budget?.failed?.()
    return affordable(place, judgement.rule)
  }
  return undefined
}

function affordable(place: RetryPlace, rule: RetryRule | undefined): RetryStep | undefined {
  const { leftMs, log } = place
  const step = hasRetryLeft(place, rule) ? planRetry(place, rule) : 'exhausted'
  if (step === 'exhausted') log.ranOutOfRetries(place)
  else if (step === undefined) log.declined(place, 'pushback')
  else if (step.delayMs > leftMs) log.ranOutOfTime(place, { delayMs: step.delayMs, leftMs })
  else if (!mayWithdraw(place)) log.ranOutOfBudget(place)
  else return step
  return undefined
}

/** An attempt that a policy refused was no request: repeating it adds no load, and takes nothing. */
function mayWithdraw({ options: { budget }, failure, progress }: RetryPlace): boolean {
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
