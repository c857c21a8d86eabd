import { sharedTick } from '../clock/coarse-tick.ts'
import type { Trial } from '../harness/compare.ts'
import { failingWork, isWorthRetrying, type Work } from '../harness/work.ts'
import { limit, type LimitParts } from '../limit.ts'
import { LimitBreaker } from '../limit/breaker.ts'
import { Flights } from '../limit/flight.ts'
import { LimitSemaphore } from '../limit/semaphore.ts'
import { neverOpens, opensAtOnce } from './breaker-settings.ts'
import { answer, stackSettings } from './stack-settings.ts'

/** With a closed circuit. */
export function limitStack(work: Work): Trial {
  const breaker = new LimitBreaker(neverOpens)
  const run = limit(partsWith(breaker))
  const tick = sharedTick()
  const before = (): void => breaker.exit(breaker.enter(tick.now), true, tick.now)
  return { call: () => run(work), before }
}

/** With an open one. */
export async function openLimitStack(work: Work): Promise<Trial> {
  const run = limit(partsWith(new LimitBreaker({ ...neverOpens, ...opensAtOnce })))
  await run(failingWork())
  return { call: () => run(work) }
}

function partsWith(breaker: LimitBreaker): LimitParts {
  const { attemptMs, delayMs, limit: places, maxDelayMs, maxRetries, queue, totalMs } = stackSettings
  return {
    ...{ breaker, totalMs, attemptMs, maxRetries, fallback: answer, isRetryable: isWorthRetrying },
    flights: new Flights(sharedTick()),
    semaphore: new LimitSemaphore(places, queue),
    delayMs: (attempt) => Math.min(maxDelayMs, delayMs * 2 ** attempt),
  }
}
