import { anything, atLeast, type OptionRule } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
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

const duration: OptionRule = atLeast(0)
const exponentialTable: OptionTable<ExponentialOptions> = {
  initialMs: duration,
  maxMs: duration,
  factor: atLeast(1),
  jitter: anything,
}

/**
 * Waits that double: `initialMs · factor^(retry-1)`, capped at `maxMs`, then spread by jitter. Capping comes first, so
 * that clients which all reached the cap still do not come together.
 *
 * @throws {RangeError} when an option is out of range
 */
export function exponential(options: ExponentialOptions = {}): Backoff {
  checkOptions('exponential backoff', options, exponentialTable)
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
  checkOptions('fixed backoff', options, { delayMs: anything, jitter: anything })
  duration('fixed backoff', 'delayMs', options.delayMs ?? NaN)
  const { delayMs, jitter = 'none' } = options
  return jittered(() => delayMs, { maxMs: jitter === 'proportional' ? 2 * delayMs : delayMs, jitter })
}

/**
 * Waits that grow by a step: `stepMs · retry`, capped at `maxMs`, then spread by jitter.
 *
 * @throws {RangeError} when an option is out of range
 */
export function linear(options: LinearOptions = {}): Backoff {
  checkOptions('linear backoff', options, { stepMs: duration, maxMs: duration, jitter: anything })
  const { stepMs = 100, maxMs = 20_000, jitter = 'full' } = options
  return jittered((retry) => stepMs * retry, { maxMs, jitter })
}
