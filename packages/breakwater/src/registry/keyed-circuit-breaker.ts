import { KeyedBreakers } from './keyed-breakers.ts'
import type { KeyedCircuitBreaker } from './keyed-breaker-api.ts'
import type { KeyedCircuitBreakerOptions } from './keyed-breaker-options.ts'

/**
 * Makes a circuit breaker for each key: a tenant, a host, a shard. One key's failures open one key's circuit.
 *
 * Keys are bounded and cost no timers. Closed ones leave silently when they are not used; one that is not closed leaves only
 * after `idleMs`, and that is said. When all keys there are are in trouble, `onFull` says what becomes of a new one.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const perHost = keyedCircuitBreaker({ name: 'webhooks', consecutiveFailures: 5, openMs: 30_000 })
 * await perHost.run(({ signal }) => fetch(url, { signal }), { key: new URL(url).host })
 */
export function keyedCircuitBreaker(options: KeyedCircuitBreakerOptions = {}): KeyedCircuitBreaker {
  return new KeyedBreakers(options)
}
