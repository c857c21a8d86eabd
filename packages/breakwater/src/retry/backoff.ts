import { checkNames, checkNumbers } from '../config/check-option.ts'
import { type Backoff, type Jitter, jittered } from './jitter.ts'

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
  return jittered((retry) => initialMs * Math.min(factor ** (retry - 1), Number.MAX_VALUE), {
    maxMs,
    jitter,
  })
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
  return jittered(() => delayMs, { maxMs: jitter === 'proportional' ? 2 * delayMs : delayMs, jitter })
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
  return jittered((retry) => stepMs * retry, { maxMs, jitter })
}
