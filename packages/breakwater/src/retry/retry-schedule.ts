import type { RetryLog } from './retry-log.ts'
import type { ResolvedRetryOptions } from './retry-options.ts'
import type { RetryPlace } from './retry-place.ts'
import type { RetryPreparation, RetryRule } from './retry-rule.ts'
import type { RetryStep } from './retry-step.ts'
import { RetryWait } from './retry-wait.ts'

/** A retry that was decided. */
interface Decided {
  readonly options: ResolvedRetryOptions
  readonly log: RetryLog
  readonly place: RetryPlace
  readonly step: RetryStep
}

/**
 * Holds the run for its wait, and for what must be done before the retry; then runs the inner levels again.
 *
 * @returns false when there will be no retry after all, because what must be done before it failed at once
 */
export function scheduleRetry(decided: Decided): boolean {
  const { log, place, step } = decided
  const { run, index, progress, setup } = place
  progress.add(step.rule, step.wait.backoffMs)
  run.call.sparedBy = 'retry'
  const retry = progress.retries
  const wait = new RetryWait(setup.clock, () => {
    log.retries++
    progress.attemptAt = setup.clock.now()
    run.rerun(index, retry)
  })
  log.scheduled(place, step.rule, step.wait)
  try {
    begin(decided, wait)
  } catch (error) {
    wait.giveUp()
    throw error
  }
  if (wait.isOver) return false
  run.hold(wait)
  return true
}

function begin(decided: Decided, wait: RetryWait): void {
  const { place, step } = decided
  const { rule } = step
  const preparation = rule?.preparation
  if (rule === undefined || preparation === undefined || preparation.doneAt > place.progress.attemptAt)
    return rest(decided, wait, step.wait.delayMs)
  prepare(decided, wait, { rule, preparation })
}

/** The preparation counts for the wait. */
function prepare(
  decided: Decided,
  wait: RetryWait,
  { rule, preparation }: { readonly rule: RetryRule; readonly preparation: RetryPreparation },
): void {
  const { log, place, step } = decided
  const { run, setup, failure, failedAt } = place
  const request = { clock: setup.clock, operation: run.operation, error: failure.error }
  const leave = preparation.join(request, (problem) => {
    const spentMs = setup.clock.now() - failedAt
    const delayMs = Math.max(0, step.wait.delayMs - spentMs)
    const leftMs = (step.leftMs ?? Infinity) - spentMs
    if (problem === undefined && delayMs <= leftMs) return rest(decided, wait, delayMs)
    if (!wait.giveUp()) return
    if (problem === undefined) log.ranOutOfTime(place, { delayMs, leftMs })
    else log.preparationFailed(place, rule.name, problem.error)
    run.resume(wait, failure.kind, failure.payload)
  })
  wait.onEnd(leave)
}

/** What the dependency asked for is waited for in any case; all else a recovery may end. */
function rest({ options, log, place, step }: Decided, wait: RetryWait, delayMs: number): void {
  const { recovered, recoverySpreadMs } = options
  const { clock, random } = place.setup
  wait.endAfter(delayMs)
  if (recovered === undefined || step.wait.because === 'retry-after') return
  const endsAt = clock.now() + delayMs
  let isHastened = false
  const hasten = (): void => {
    if (isHastened || wait.isOver) return
    isHastened = true
    const restMs = Math.max(0, Math.min(endsAt - clock.now(), recoverySpreadMs)) * random.next()
    wait.endAfter(restMs)
    log.hastened(place, restMs)
  }
  try {
    wait.onEnd(recovered.subscribe(hasten))
  } catch {
    // A signal that cannot be listened to shortens no wait, and changes nothing else.
  }
}
