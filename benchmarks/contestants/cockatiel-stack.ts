import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  fallback,
  handleAll,
  handleWhen,
  type IBreaker,
  type IDefaultPolicyContext,
  type IPolicy,
  isBrokenCircuitError,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'
import type { Trial } from '../harness/compare.ts'
import { failingWork, isWorthRetrying, type Work } from '../harness/work.ts'
import { neverOpens } from './breaker-settings.ts'
import { type CockatielTimeout, cockatielTrial, samplingBreaker } from './cockatiel.ts'
import { answer, stackSettings } from './stack-settings.ts'

/** The attempt timeout, and the total one, which may be left out. */
export interface CockatielTimeouts {
  readonly outer: CockatielTimeout | undefined
  readonly inner: CockatielTimeout
}

/** Both let the caller go. */
export const aggressive: CockatielTimeouts = {
  outer: TimeoutStrategy.Aggressive,
  inner: TimeoutStrategy.Aggressive,
}

/** One that lets the caller go. */
export const oneAggressive: CockatielTimeouts = { outer: undefined, inner: TimeoutStrategy.Aggressive }

/** One, that waits for the work. */
export const leastTimeouts: CockatielTimeouts = {
  outer: undefined,
  inner: { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false },
}

/** With a closed circuit. */
export function cockatielStack(timeouts: CockatielTimeouts, work: Work): Trial {
  return cockatielTrial(stackOf(samplingBreaker(neverOpens), timeouts), work)
}

/** With an open one. */
export async function openCockatielStack(timeouts: CockatielTimeouts, work: Work): Promise<Trial> {
  const stack = stackOf(new ConsecutiveBreaker(1), timeouts)
  await stack.execute(failingWork())
  return cockatielTrial(stack, work)
}

function stackOf(
  breaker: IBreaker,
  { outer, inner }: CockatielTimeouts,
): IPolicy<IDefaultPolicyContext, unknown> {
  const { attemptMs, delayMs, limit, maxDelayMs, maxRetries, queue, totalMs } = stackSettings
  const backoff = new ExponentialBackoff({ initialDelay: delayMs, maxDelay: maxDelayMs })
  const isRetried = handleWhen((error) => isWorthRetrying(error) && !isBrokenCircuitError(error))
  return wrap<IDefaultPolicyContext, unknown>(
    fallback(handleAll, answer),
    ...(outer === undefined ? [] : [timeout(totalMs, outer)]),
    retry(isRetried, { maxAttempts: maxRetries, backoff }),
    circuitBreaker(handleAll, { breaker, halfOpenAfter: neverOpens.openMs }),
    bulkhead(limit, queue),
    timeout(attemptMs, inner),
  )
}
