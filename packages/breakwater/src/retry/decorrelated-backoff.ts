import { checkNames, checkNumbers } from '../config/check-option.ts'
import type { Backoff } from './jitter.ts'

/** Options of {@link decorrelated}. */
export interface DecorrelatedOptions {
  /** No wait is shorter; ≥ 0. @default 100 */
  readonly initialMs?: number
  /** No wait is longer; ≥ `initialMs`. @default 20_000 */
  readonly maxMs?: number
  /** How many times the wait before the next one may be at most; ≥ 1. @default 3 */
  readonly factor?: number
}

/**
 * Waits that depend on the wait before and not on the number of the retry: uniform in
 * [`initialMs`, min(`maxMs`, `factor` × the wait before)). The jitter is in the formula.
 *
 * The published formula draws first and cuts then, so that two of three clients at the cap wait exactly `maxMs`;
 * here the range is cut, and they stay spread.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ "decorrelated jitter"
 */
export function decorrelated(options: DecorrelatedOptions = {}): Backoff {
  const { initialMs = 100 } = options
  checkNames('decorrelated backoff', options, ['initialMs', 'maxMs', 'factor'])
  checkNumbers('decorrelated backoff', options, {
    initialMs: { min: 0 },
    maxMs: { min: initialMs },
    factor: { min: 1 },
  })
  const { maxMs = Math.max(initialMs, 20_000), factor = 3 } = options
  const longestMs = Math.min(maxMs, Number.MAX_SAFE_INTEGER)
  return {
    delayMs: (_retry, random, previousMs) => {
      const topMs = Math.min(longestMs, Math.max(initialMs, previousMs) * factor)
      return Math.min(initialMs, longestMs) + Math.max(0, topMs - initialMs) * random.next()
    },
  }
}
