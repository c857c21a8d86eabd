import { bulkhead, type CircuitBreaker, exponential, fallback, type Policy, retry, timeout } from 'breakwater'
import {
  bulkhead as cockatielBulkhead,
  circuitBreaker as cockatielBreaker,
  ExponentialBackoff,
  fallback as cockatielFallback,
  handleAll,
  handleWhen,
  type IBreaker,
  type IDefaultPolicyContext,
  type IPolicy,
  isBrokenCircuitError,
  retry as cockatielRetry,
  timeout as cockatielTimeout,
  type TimeoutStrategy,
  wrap,
} from 'cockatiel'
import { sharedTick } from '../clock/coarse-tick.ts'
import { isWorthRetrying } from '../harness/work.ts'
import type { LimitParts } from '../limit.ts'
import type { LimitBreaker } from '../limit/breaker.ts'
import { Flights } from '../limit/flight.ts'
import { LimitSemaphore } from '../limit/semaphore.ts'
import { neverOpens } from './breaker-settings.ts'

const totalMs = 30_000
const attemptMs = 2_000
const maxRetries = 3
const places = { limit: 10, queue: 50 }
const delays = { initialMs: 200, maxMs: 20_000 }
const answer = (): string => 'instead'

/** How the stack's timeout works in cockatiel. */
export type CockatielTimeout = TimeoutStrategy | { strategy: TimeoutStrategy; abortOnReturn: boolean }

/** Fallback, total timeout, retry, breaker, bulkhead, attempt timeout. */
export function ourStack(breaker: CircuitBreaker): Policy<unknown>[] {
  return [
    fallback(answer),
    timeout({ totalMs }),
    retry({ maxRetries, backoff: exponential(delays), retryOn: isWorthRetrying }),
    breaker,
    bulkhead(places),
    timeout({ ms: attemptMs }),
  ]
}

/** The same of cockatiel's; `inner` is the attempt timeout, `outer` the total one, which may be left out. */
export function cockatielStack(
  breaker: IBreaker,
  { outer, inner }: { readonly outer: CockatielTimeout | undefined; readonly inner: CockatielTimeout },
): IPolicy<IDefaultPolicyContext, unknown> {
  const backoff = new ExponentialBackoff({ initialDelay: delays.initialMs, maxDelay: delays.maxMs })
  const isRetried = handleWhen((error) => isWorthRetrying(error) && !isBrokenCircuitError(error))
  return wrap<IDefaultPolicyContext, unknown>(
    cockatielFallback(handleAll, answer),
    ...(outer === undefined ? [] : [cockatielTimeout(totalMs, outer)]),
    cockatielRetry(isRetried, { maxAttempts: maxRetries, backoff }),
    cockatielBreaker(handleAll, { breaker, halfOpenAfter: neverOpens.openMs }),
    cockatielBulkhead(places.limit, places.queue),
    cockatielTimeout(attemptMs, inner),
  )
}

/** What the fused function is made of. */
export function limitParts(breaker: LimitBreaker): LimitParts {
  return {
    ...{ breaker, totalMs, attemptMs, maxRetries, fallback: answer, isRetryable: isWorthRetrying },
    flights: new Flights(sharedTick()),
    semaphore: new LimitSemaphore(places.limit, places.queue),
    delayMs: (attempt) => Math.min(delays.maxMs, delays.initialMs * 2 ** attempt),
  }
}

/** What opossum has of it: timeout, capacity, breaker, fallback. */
export const opossumStack: {
  readonly options: { readonly timeout: number; readonly capacity: number }
  readonly answer: () => string
} = { options: { timeout: attemptMs, capacity: places.limit }, answer }
