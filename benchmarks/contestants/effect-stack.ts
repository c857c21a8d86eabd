import { Effect, Schedule, Semaphore } from 'effect'
import { CircuitBreaker } from 'effect/persistence'
import type { Trial } from '../harness/compare.ts'
import { failingWork, isWorthRetrying, type Work } from '../harness/work.ts'
import { manyInARow, neverOpens } from './breaker-settings.ts'
import { effectBreaker, effectOf, effectTrial, type Protected } from './effect.ts'
import { answer, stackSettings } from './stack-settings.ts'

/** With a closed circuit; it counts failures in a row, as its window of calls would be full of failures. */
export async function effectStack(work: Work): Promise<Trial> {
  const breaker = await effectBreaker(CircuitBreaker.consecutive(manyInARow), neverOpens.openMs)
  const run = stackWith(breaker)
  const success = effectTrial(run(async () => 'a success'))
  return { ...effectTrial(run(work)), before: success.call }
}

/** With an open one. */
export async function openEffectStack(work: Work): Promise<Trial> {
  const run = stackWith(await effectBreaker(CircuitBreaker.consecutive(1), neverOpens.openMs))
  await effectTrial(run(failingWork())).call()
  return effectTrial(run(work))
}

function stackWith(breaker: CircuitBreaker.CircuitBreaker): (work: Work) => Protected {
  const { attemptMs, delayMs, limit, maxDelayMs, maxRetries, totalMs } = stackSettings
  const semaphore = Semaphore.makeUnsafe(limit)
  const schedule = Schedule.min([Schedule.exponential(delayMs), Schedule.spaced(maxDelayMs)])
  const isRetried = (error: unknown): boolean =>
    isWorthRetrying(error) && !(error instanceof CircuitBreaker.CircuitBreakerError)
  return (work) =>
    effectOf(work).pipe(
      Effect.timeout(attemptMs),
      Semaphore.withPermit(semaphore),
      breaker.execute({ key: 'work' }),
      Effect.retry({ times: maxRetries, schedule, while: isRetried }),
      Effect.timeout(totalMs),
      Effect.orElseSucceed(answer),
    )
}
