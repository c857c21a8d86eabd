import { checkNames, checkNumbers } from '../config/check-option.ts'
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
 * `proportional` d plus d × uniform in [0.1, 1), which the cap then holds.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export type Jitter = 'none' | 'full' | 'equal' | 'proportional'

/** Options of {@link exponential}. */
export interface ExponentialOptions {
  /** The wait before the first retry, before jitter; ≥ 0. @default 100 */
  readonly initialMs?: number
  /** No wait is longer; ≥ 0. @default 20_000 */
  readonly maxMs?: number
  /** Each wait is so many times the one before; ≥ 1. @default 2 */
  readonly factor?: number
  /** How chance spreads the waits. @default 'full' */
  readonly jitter?: Jitter
}

/** Options of {@link fixed}. */
export interface FixedOptions {
  /** The wait before each retry, before jitter; ≥ 0. */
  readonly delayMs: number
  /** How chance spreads the waits. @default 'none' */
  readonly jitter?: Jitter
}

/** Options of {@link linear}. */
export interface LinearOptions {
  /** The wait before the first retry, and what each later one adds; ≥ 0. @default 100 */
  readonly stepMs?: number
  /** No wait is longer; ≥ 0. @default 20_000 */
  readonly maxMs?: number
  /** How chance spreads the waits. @default 'full' */
  readonly jitter?: Jitter
}

/**
 * Waits that double: `initialMs · factor^(retry-1)`, capped at `maxMs`, then spread by jitter. Capping comes first, so
 * that clients which all reached the cap still do not come together.
 *
 * @throws {RangeError} when an option is out of range
 */
export function exponential(options: ExponentialOptions = {}): Backoff {
  checkNames('exponential backoff', options, ['initialMs', 'maxMs', 'factor', 'jitter'])
  checkNumbers('exponential backoff', options, {
    initialMs: { min: 0 },
    maxMs: { min: 0 },
    factor: { min: 1 },
  })
  const { initialMs = 100, maxMs = 20_000, factor = 2, jitter = 'full' } = options
  return jittered((retry) => initialMs * Math.min(factor ** (retry - 1), Number.MAX_VALUE), maxMs, jitter)
}

/**
 * The same wait each time.
 *
 * @throws {RangeError} when an option is out of range
 */
export function fixed(options: FixedOptions): Backoff {
  checkNames('fixed backoff', options, ['delayMs', 'jitter'])
  checkNumbers('fixed backoff', { delayMs: options.delayMs ?? NaN }, { delayMs: { min: 0 } })
  const { delayMs, jitter = 'none' } = options
  return jittered(() => delayMs, jitter === 'proportional' ? 2 * delayMs : delayMs, jitter)
}

/**
 * Waits that grow by a step: `stepMs · retry`, capped at `maxMs`, then spread by jitter.
 *
 * @throws {RangeError} when an option is out of range
 */
export function linear(options: LinearOptions = {}): Backoff {
  checkNames('linear backoff', options, ['stepMs', 'maxMs', 'jitter'])
  checkNumbers('linear backoff', options, { stepMs: { min: 0 }, maxMs: { min: 0 } })
  const { stepMs = 100, maxMs = 20_000, jitter = 'full' } = options
  return jittered((retry) => stepMs * retry, maxMs, jitter)
}

const spreads: Readonly<Record<Jitter, (delayMs: number, chance: number) => number>> = {
  none: (delayMs) => delayMs,
  full: (delayMs, chance) => delayMs * chance,
  equal: (delayMs, chance) => delayMs / 2 + (delayMs / 2) * chance,
  proportional: (delayMs, chance) => delayMs * (1.1 + 0.9 * chance),
}

function jittered(curve: (retry: number) => number, maxMs: number, jitter: Jitter): Backoff {
  if (!Object.hasOwn(spreads, jitter)) {
    const known = Object.keys(spreads).join(', ')
    throw new RangeError(
      `Cannot create backoff as 'jitter' must be one of ${known}: current value is ${String(jitter)}`,
    )
  }
  const spread = spreads[jitter]
  const longestMs = Math.min(maxMs, Number.MAX_SAFE_INTEGER)
  return {
    delayMs: (retry, random) => {
      const raw = curve(retry)
      const capped = raw < longestMs ? raw : longestMs
      return Math.min(spread(capped, random.next()), longestMs)
    },
  }
}
