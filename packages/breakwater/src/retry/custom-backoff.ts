import { checkFunction, checkNames, checkNumbers } from '../config/check-option.ts'
import { type Backoff, type Jitter, jittered } from './jitter.ts'

/** Options of {@link custom}. */
export interface CustomBackoffOptions {
  /** No wait is longer; ≥ 0. @default 20_000 */
  readonly maxMs?: number
  /** How chance spreads the waits. @default 'none' */
  readonly jitter?: Jitter
}

/**
 * Waits that a function of yours gives. What is no wait is made one: below 0 and NaN count as 0, and above `maxMs` as
 * `maxMs`.
 *
 * @param delayMs is told the number of the retry (1 for the first) and the wait before it (0 for the first)
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const pauses = [50, 200, 1_000]
 * const backoff = custom((retry) => pauses[retry - 1] ?? 5_000, { jitter: 'equal' })
 */
export function custom(
  delayMs: (retry: number, previousMs: number) => number,
  options: CustomBackoffOptions = {},
): Backoff {
  checkFunction('custom backoff', 'delayMs', delayMs ?? null)
  checkNames('custom backoff', options, ['maxMs', 'jitter'])
  checkNumbers('custom backoff', options, { maxMs: { min: 0 } })
  const { maxMs = 20_000, jitter = 'none' } = options
  return jittered((retry, _random, previousMs) => positive(delayMs(retry, previousMs)), { maxMs, jitter })
}

function positive(ms: number): number {
  return ms > 0 ? ms : 0
}
