import { bulkheadSuite } from './bulkhead.bench.ts'
import { circuitBreakerSuite } from './circuit-breaker.bench.ts'
import { concurrencySuite } from './concurrency.bench.ts'
import { fallbackSuite } from './fallback.bench.ts'
import type { Suite } from './harness/suite.ts'
import { idleSuite } from './idle.bench.ts'
import { retrySuite } from './retry.bench.ts'
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
  concurrencySuite,
  windowSuite,
  idleSuite,
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
