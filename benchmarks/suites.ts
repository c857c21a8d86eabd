import { balancerSuite } from './balancer.bench.ts'
import { bulkheadSuite } from './bulkhead.bench.ts'
import { cacheSuite } from './cache.bench.ts'
import { circuitBreakerSuite } from './circuit-breaker.bench.ts'
import { coalescingSuite } from './coalescing.bench.ts'
import { concurrencyLimiterSuite } from './concurrency-limiter.bench.ts'
import { concurrencySuite } from './concurrency.bench.ts'
import { contextSuite } from './context.bench.ts'
import { fallbackSuite } from './fallback.bench.ts'
import type { Suite } from './harness/suite.ts'
import { hedgeSuite } from './hedge.bench.ts'
import {
  idleBreakerSuite,
  idleBulkheadSuite,
  idleRateLimiterSuite,
  idleRetryBudgetSuite,
} from './idle.bench.ts'
import { keyedBreakerSuite } from './keyed-breaker.bench.ts'
import { keyedRateLimiterSuite } from './keyed-rate-limiter.bench.ts'
import { rateLimiterSuite } from './rate-limiter.bench.ts'
import { retrySuite } from './retry.bench.ts'
import { serviceSuite } from './service.bench.ts'
import { stackSuite } from './stack.bench.ts'
import { timeoutSuite } from './timeout.bench.ts'
import { windowSuite } from './window.bench.ts'

const suites: readonly Suite[] = [
  retrySuite,
  circuitBreakerSuite,
  timeoutSuite,
  bulkheadSuite,
  fallbackSuite,
  stackSuite,
  serviceSuite,
  contextSuite,
  rateLimiterSuite,
  concurrencyLimiterSuite,
  hedgeSuite,
  cacheSuite,
  coalescingSuite,
  balancerSuite,
  concurrencySuite,
  keyedBreakerSuite,
  keyedRateLimiterSuite,
  windowSuite,
  idleBreakerSuite,
  idleRateLimiterSuite,
  idleBulkheadSuite,
  idleRetryBudgetSuite,
]

/**
 * The suites of these names, in the order in which they run; all when none is named.
 *
 * @throws {RangeError} for a name that no suite has
 */
export function suitesNamed(names: readonly string[]): readonly Suite[] {
  const known = suites.map(({ name }) => name)
  const wrong = names.find((name) => !known.includes(name))
  if (wrong !== undefined)
    throw new RangeError(
      `Cannot run as '--suite' must be one of ${known.join(', ')}: current value is '${wrong}'`,
    )
  return names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name))
}
