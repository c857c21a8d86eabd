import { KeyedRateLimiter } from './keyed-rate-limiter.ts'
import type { RateLimiter } from './rate-limiter-api.ts'
import type { RateLimiterOptions } from './rate-limiter-options.ts'

/**
 * Makes a rate limiter: calls beyond `limit` in `intervalMs` are refused with `RateLimitError`, or wait their turn.
 *
 * Each key has a limit of its own. Keys take no timers: a window of 60 days works as one of a millisecond does. In any
 * span of `intervalMs` a bucket admits at most `limit + burst`, the sliding window at most `limit`. Who waits is
 * served in order of arrival, newcomers never overtake, and an abort leaves the line at once.
 *
 * What is taken is not given back when a policy further in refuses the call: put the limiter inside of those.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const perTenant = rateLimiter({ name: 'api', limit: 50, intervalMs: 1_000, burst: 20 })
 * const page = await perTenant.run(() => search(query), { key: tenant })
 */
export function rateLimiter(options: RateLimiterOptions = {}): RateLimiter {
  return new KeyedRateLimiter(options)
}
