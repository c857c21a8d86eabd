import { FixedTimeout } from './fixed-timeout.ts'
import { FlexibleTimeout } from './flexible-timeout.ts'
import type { Timeout } from './timeout-api.ts'
import { resolveTimeoutOptions, type TimeoutOptions } from './timeout-options.ts'

/**
 * Limits the time of an attempt (`ms`, or `adaptive` for one that is learned) or of a whole call (`totalMs`).
 *
 * When the limit is reached the work's signal aborts and the call fails at once with a `TimeoutError`, also
 * when the work ignores the signal. A bulkhead's slot stays held until the work has really ended. Time in which the
 * event loop was blocked does not count; the limit is never cut short and at most 15 ms exceeded.
 *
 * @throws {RangeError | TypeError} when an option is out of range, or not exactly one limit is given
 * @example
 * const client = pipeline({ policies: [timeout({ totalMs: 10_000 }), retry({ maxRetries: 2 }), timeout({ ms: 2_000 })] })
 */
export function timeout(options: TimeoutOptions): Timeout {
  const resolved = resolveTimeoutOptions(options)
  const { adaptive, remainingMs, track } = resolved
  const isPlain = adaptive === undefined && remainingMs === undefined && !track
  return isPlain
    ? new FixedTimeout(resolved, options.onEvent)
    : new FlexibleTimeout(resolved, options.onEvent)
}
