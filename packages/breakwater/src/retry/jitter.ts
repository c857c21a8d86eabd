import { oneOf } from '../config/option-rules.ts'
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

const spreads: Readonly<Record<Jitter, (delayMs: number, chance: number) => number>> = {
  none: (delayMs) => delayMs,
  full: (delayMs, chance) => delayMs * chance,
  equal: (delayMs, chance) => delayMs / 2 + (delayMs / 2) * chance,
  proportional: (delayMs, chance) => delayMs + delayMs * (0.1 + 0.9 * chance),
}
const isJitter = oneOf(...Object.keys(spreads))

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
  isJitter('backoff', 'jitter', jitter)
  const spread = spreads[jitter]
  const longestMs = Math.min(maxMs, Number.MAX_SAFE_INTEGER)
  const capMs = jitter === 'proportional' ? longestMs / 2 : longestMs
  return {
    delayMs: (retry, random, previousMs) => {
      const raw = curve(retry, random, previousMs)
      return Math.min(spread(raw < capMs ? raw : capMs, random.next()), longestMs)
    },
  }
}
