import {
  bulkhead,
  type CircuitBreaker,
  circuitBreaker,
  exponential,
  fallback,
  type Policy,
  retry,
  timeout,
} from 'breakwater'
import type { Trial } from '../harness/compare.ts'
import { failingWork, isWorthRetrying, type Work } from '../harness/work.ts'
import { neverOpens, opensAtOnce } from './breaker-settings.ts'
import { keptClosed, type ours, oursTried } from './ours.ts'
import { answer, stackSettings } from './stack-settings.ts'

/** With a closed circuit, in a pipeline that `protect` makes. */
export function ourStack(protect: typeof ours, work: Work): Trial {
  const breaker = circuitBreaker(neverOpens)
  return keptClosed(breaker, protect(policiesWith(breaker), work))
}

/** The same without the total timeout: each policy once. */
export function ourFive(protect: typeof ours, work: Work): Trial {
  const breaker = circuitBreaker(neverOpens)
  const [outermost, , ...inner] = policiesWith(breaker)
  return keptClosed(breaker, protect(outermost === undefined ? [] : [outermost, ...inner], work))
}

/** With an open one. */
export async function openStack(work: Work): Promise<Trial> {
  const breaker = circuitBreaker(opensAtOnce)
  await breaker.run(failingWork()).catch(() => undefined)
  return oursTried(policiesWith(breaker), work)
}

function policiesWith(breaker: CircuitBreaker): Policy<unknown>[] {
  const { attemptMs, delayMs, limit, maxDelayMs, maxRetries, queue, totalMs } = stackSettings
  return [
    fallback(answer),
    timeout({ totalMs }),
    retry({
      ...{ maxRetries, retryOn: isWorthRetrying },
      backoff: exponential({ initialMs: delayMs, maxMs: maxDelayMs }),
    }),
    breaker,
    bulkhead({ limit, queue }),
    timeout({ ms: attemptMs }),
  ]
}
