import type { AdaptiveThrottle } from './adaptive-throttle-api.ts'
import type { AdaptiveThrottleOptions } from './adaptive-throttle-options.ts'
import { WindowedThrottle } from './windowed-throttle.ts'

/**
 * Makes a throttle: when a dependency refuses calls for overload, most of them are not even sent. Refusing costs the
 * dependency work as well; at some load it does nothing else.
 *
 *     p = max(0, (requests − k × accepts) / (requests + 1))      over the last two minutes
 *
 * Requests that are shed here count as requests, so that p rises as long as callers do not slow down, and falls as soon as calls
 * are accepted. Calls of low criticality are shed first, critical ones last. Calls that run do not count until
 * they have ended, so that a slow start is not taken for refusals.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see Beyer et al., "Site Reliability Engineering" (2016), chapter 21, "Handling Overload"
 * @example
 * const throttle = adaptiveThrottle({ name: 'inventory', isRejection: (error) => error instanceof Overloaded })
 * const stock = await throttle.run(({ signal }) => inventory.get(id, signal), { criticality: 'low' })
 */
export function adaptiveThrottle(options: AdaptiveThrottleOptions = {}): AdaptiveThrottle {
  return new WindowedThrottle(options)
}
