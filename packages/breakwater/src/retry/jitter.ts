import type { Random } from '../random/random.ts'

/** How long to wait before each retry. Stateless: may be shared. */
export interface Backoff {
  /**
   * The wait before retry `retry` in milliseconds; 1 is the first retry. Finite, and never above the maximum,
   * however large `retry` is.
   *
   * @param previousMs the wait before the retry before; 0 for the first
   */
  delayMs(retry: number, random: Random, previousMs: number): number
}

/**
 * How chance spreads a wait `d`: `none` d · `full` uniform in [0, d) · `equal` d/2 plus uniform in [0, d/2) ·
 * `proportional` d plus d × uniform in [0.1, 1), with d at most half of the cap, so that the sum never exceeds it.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export type Jitter = 'none' | 'full' | 'equal' | 'proportional'

interface Spread {
  /** The longest result, as a multiple of the wait that is spread. */
  readonly reach: number
  readonly apply: (delayMs: number, chance: number) => number
}

const spreads: Readonly<Record<Jitter, Spread>> = {
  none: { reach: 1, apply: (delayMs) => delayMs },
  full: { reach: 1, apply: (delayMs, chance) => delayMs * chance },
  equal: { reach: 1, apply: (delayMs, chance) => delayMs / 2 + (delayMs / 2) * chance },
  proportional: { reach: 2, apply: (delayMs, chance) => delayMs + delayMs * (0.1 + 0.9 * chance) },
}

/** What bounds and spreads a curve of waits. */
export interface JitterOptions {
  /** No wait is longer. */
  readonly maxMs: number
  /** How chance spreads the waits. */
  readonly jitter: Jitter
}

/**
 * A backoff from a curve. The curve is capped first and spread then, so that clients which have all reached the cap
 * still do not come together.
 *
 * @throws {RangeError} when there is no such jitter
 */
export function jittered(
  curve: (retry: number, random: Random, previousMs: number) => number,
  { maxMs, jitter }: JitterOptions,
): Backoff {
  if (!Object.hasOwn(spreads, jitter)) {
    const known = Object.keys(spreads).join(', ')
    throw new RangeError(
      `Cannot create backoff as 'jitter' must be one of ${known}: current value is ${String(jitter)}`,
    )
  }
  const { reach, apply } = spreads[jitter]
  const longestMs = Math.min(maxMs, Number.MAX_SAFE_INTEGER)
  const capMs = longestMs / reach
  return {
    delayMs: (retry, random, previousMs) => {
      const raw = curve(retry, random, previousMs)
      return Math.min(apply(raw < capMs ? raw : capMs, random.next()), longestMs)
    },
  }
}
