import { AdaptiveLimiter } from './adaptive-limiter.ts'
import type { ConcurrencyLimiter } from './concurrency-limiter-api.ts'
import type { ConcurrencyLimiterOptions } from './concurrency-limiter-options.ts'

/**
 * Makes a concurrency limiter: a bulkhead that finds its limit by what calls take and whether they are lost.
 *
 *                 time stays low            ┌───────┐
 *      ┌────────▶ and places are used ────▶ │ limit │ ──▶ refuse beyond it, or wait
 *      │                                    └───────┘
 *    sample ────▶ time grows, or a drop ──▶  shrinks
 *
 * A refusal is never a drop: a limiter that took its own refusals for overload would close itself. A place is held until the
 * work has ended, not until its caller gave up on it.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see https://netflixtechblog.medium.com/performance-under-load-3e6fa9a60581
 * @example
 * const search = concurrencyLimiter({ name: 'search', algorithm: vegas(), maxLimit: 300, queue: 50 })
 * const hits = await search.run(({ signal }) => query(words, signal), { criticality: 'high' })
 */
export function concurrencyLimiter(options: ConcurrencyLimiterOptions = {}): ConcurrencyLimiter {
  return new AdaptiveLimiter(options)
}
