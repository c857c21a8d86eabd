import type { RetryPlace } from './retry-place.ts'
import type { RetryPreparation } from './retry-rule.ts'
import type { RetryStep } from './retry-judge.ts'
import { RetryWait } from './retry-wait.ts'

/**
 * Holds the run for its wait, and for what must be done before the retry; then runs the inner levels again.
 *
 * @returns false when there will be no retry after all, because what must be done before it failed at once
 */
export function scheduleRetry(place: RetryPlace, step: RetryStep): boolean {
  const { log, run, index, progress, setup } = place
  progress.add(step.rule, step.backoffMs)
  run.call.sparedBy = 'retry'
  const retry = progress.retries
  const wait = new RetryWait(setup.clock, () => {
    log.retries++
    progress.attemptAt = setup.clock.now()
    run.rerun(index, retry)
  })
  log.scheduled(place, step)
  try {
    const preparation = step.rule?.preparation
    if (preparation === undefined || preparation.doneAt > progress.attemptAt) rest(place, step, wait)
    else prepare(place, step, { wait, preparation })
  } catch (error) {
    wait.cut()
    throw error
  }
  if (wait.isOver) return false
  run.hold(wait)
  return true
}

/** The preparation counts for the wait. */
function prepare(
  place: RetryPlace,
  step: RetryStep,
  { wait, preparation }: { readonly wait: RetryWait; readonly preparation: RetryPreparation },
): void {
  const { log, run, setup, failure, failedAt } = place
  const request = { clock: setup.clock, operation: run.operation, error: failure.error }
  const leave = preparation.join(request, (problem) => {
    const spentMs = setup.clock.now() - failedAt
    const delayMs = Math.max(0, step.delayMs - spentMs)
    const leftMs = place.leftMs - spentMs
    if (problem === undefined && delayMs <= leftMs) return rest(place, { ...step, delayMs }, wait)
    if (!wait.cut()) return
    if (problem === undefined) log.ranOutOfTime(place, { delayMs, leftMs })
    else log.preparationFailed(place, step.rule?.name ?? '', problem.error)
    run.resume(wait, failure.kind, failure.payload)
  })
  wait.onEnd(leave)
}

/** What the dependency asked for is waited for in any case; all else a recovery may end. */
function rest(place: RetryPlace, { delayMs, because }: RetryStep, wait: RetryWait): void {
  const { recovered, recoverySpreadMs } = place.options
  const { clock, random } = place.setup
  wait.endAfter(delayMs)
  if (recovered === undefined || because === 'retry-after') return
  const endsAt = clock.now() + delayMs
  let isHastened = false
  const hasten = (): void => {
    if (isHastened || wait.isOver) return
    isHastened = true
    const restMs = Math.max(0, Math.min(endsAt - clock.now(), recoverySpreadMs)) * random.next()
    wait.endAfter(restMs)
    place.log.hastened(place, restMs)
  }
  try {
    wait.onEnd(recovered.subscribe(hasten))
  } catch {
    // A signal that cannot be listened to shortens no wait, and changes nothing else.
  }
}
