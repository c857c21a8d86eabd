import {
  bulkhead,
  circuitBreaker,
  ConstantBackoff,
  ConsecutiveBreaker,
  fallback,
  handleAll,
  handleWhen,
  type IBreaker,
  retry,
  SamplingBreaker,
  timeout,
} from 'cockatiel'
import type { Trial } from '../harness/compare.ts'
import { isWorthRetrying, type Work } from '../harness/work.ts'
import { type BreakerSettings, neverOpens } from './breaker-settings.ts'

/** How the timeout works: {@link TimeoutStrategy}, or that with `abortOnReturn`. */
export type CockatielTimeout = Parameters<typeof timeout>[1]

/** What all policies of cockatiel have. */
interface Executes {
  execute(work: Work): Promise<unknown>
}

/** A policy of cockatiel around the work. */
export function cockatielTrial(policy: Executes, work: Work): Trial {
  return { call: () => policy.execute(work) }
}

/** Retries without a delay, which takes a timer all the same. */
export function cockatielRetry(maxRetries: number, work: Work): Trial {
  const options = { maxAttempts: maxRetries, backoff: new ConstantBackoff(0) }
  return cockatielTrial(retry(handleWhen(isWorthRetrying), options), work)
}

/** A breaker, with a success in it before each batch. */
export function cockatielBreaker(breaker: IBreaker, work: Work): Trial {
  const policy = circuitBreaker(handleAll, { breaker, halfOpenAfter: neverOpens.openMs })
  return { call: () => policy.execute(work), before: () => policy.execute(() => 'a success') }
}

/** A window by time. It cannot be told a ratio of 1: it never opens by asking for a thousand million calls a second. */
export function samplingBreaker({ failureRatio, windowMs, minimumCalls }: BreakerSettings): SamplingBreaker {
  if (failureRatio === 1) return new SamplingBreaker({ threshold: 0.5, duration: windowMs, minimumRps: 1e9 })
  const minimumRps = (minimumCalls * 1_000) / windowMs
  return new SamplingBreaker({ threshold: failureRatio, duration: windowMs, minimumRps })
}

/** An open circuit. */
export async function openCockatielBreaker(work: Work): Promise<Trial> {
  const breaker = new ConsecutiveBreaker(1)
  const policy = circuitBreaker(handleAll, { breaker, halfOpenAfter: neverOpens.openMs })
  await policy.execute(() => Promise.reject(new Error('opens it'))).catch(() => undefined)
  return cockatielTrial(policy, work)
}

/** A timeout. */
export function cockatielTimeout(ms: number, strategy: CockatielTimeout, work: Work): Trial {
  return cockatielTrial(timeout(ms, strategy), work)
}

/** A bulkhead with a queue. */
export function cockatielBulkhead(limit: number, queue: number, work: Work): Trial {
  return cockatielTrial(bulkhead(limit, queue), work)
}

/** A fallback. */
export function cockatielFallback(answer: () => unknown, work: Work): Trial {
  return cockatielTrial(fallback(handleAll, answer), work)
}
