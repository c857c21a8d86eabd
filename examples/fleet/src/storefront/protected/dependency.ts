import {
  bulkhead,
  type Bulkhead,
  circuitBreaker,
  type CircuitBreaker,
  type CircuitBreakerOptions,
  exponential,
  type Policy,
  retry,
  retryBudget,
  timeout,
} from 'breakwater'
import { HttpStatusError } from '../../http/http-status-error.ts'

/** How the storefront treats a service that it calls. */
export interface DependencyOptions {
  readonly name: string
  readonly attemptMs: number
  readonly totalMs: number
  readonly maxRetries: number
  /** Retries per first attempt that all callers together may add. */
  readonly retryRatio: number
  /** Calls at once, and as many may wait. */
  readonly limit: number
  /** When the circuit opens. */
  readonly opens: Pick<
    CircuitBreakerOptions,
    'consecutiveFailures' | 'failureRatio' | 'minimumCalls' | 'windowMs'
  >
}

/** The policies around one service; the breaker and the bulkhead are shared by all operations on it. */
export interface Dependency {
  readonly breaker: CircuitBreaker
  readonly bulkhead: Bulkhead
  /** For a user who waits, outermost first; a fallback goes outside. */
  readonly interactive: readonly Policy[]
  /** For work that can be done later: one attempt. */
  readonly deferred: readonly Policy[]
}

/** Makes the policies around a service. */
export function dependency(options: DependencyOptions): Dependency {
  const { name, attemptMs, totalMs, maxRetries, retryRatio, limit, opens } = options
  // An outage is over for the users less than 5 s after it is over: the circuit waits at most 3.3 s for a trial.
  const breaker = circuitBreaker({ name, ...opens, openMs: 1_000, maxOpenMs: 3_000, isFailure: isTheirFault })
  const gate = bulkhead({ name, limit, queue: limit })
  const attempt = timeout({ name: `${name} attempt`, ms: attemptMs })
  const total = timeout({ name: `${name} total`, totalMs })
  const budget = retryBudget({ name, ratio: retryRatio, minPerSecond: 3 })
  const again = retry({ name, maxRetries, budget, backoff: exponential({ initialMs: 25, maxMs: 250 }) })
  return {
    breaker,
    bulkhead: gate,
    interactive: [total, again, breaker, gate, attempt],
    deferred: [breaker, gate, attempt],
  }
}

/** Whether an error says that the service is in trouble; an answer of 4xx says that our request was wrong. */
export function isTheirFault(error: unknown): boolean {
  return !(error instanceof HttpStatusError) || error.status >= 500
}
