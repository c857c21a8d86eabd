import type { Clock } from '../clock/clock.ts'
import {
  checkFunction,
  checkMethods,
  checkNames,
  checkNumbers,
  withoutUndefined,
} from '../config/check-option.ts'
import type { Random } from '../random/random.ts'
import type { CircuitEvent } from './circuit-breaker-events.ts'

/** Options of {@link circuitBreaker}. */
export interface CircuitBreakerOptions {
  /** Names the breaker in events, on the page, and for overrides. @default 'circuit-breaker' */
  readonly name?: string
  /** The share of failures in the window that opens it, above 0 and up to 1. Not with `consecutiveFailures`. @default 0.5 */
  readonly failureRatio?: number
  /** How many calls the window must hold before the ratio counts; integer ≥ 1. @default 20 */
  readonly minimumCalls?: number
  /** How far back calls count, milliseconds, 100 ms to 1 day; in ten steps. @default 30_000 */
  readonly windowMs?: number
  /** Opens after so many failures in a row instead of by ratio; integer ≥ 1. A success starts the count again. */
  readonly consecutiveFailures?: number
  /** How long it stays open before the first trial, milliseconds, ≥ 1. @default 5_000 */
  readonly openMs?: number
  /** Each failed trial doubles the open time up to this; ≥ `openMs`. @default 60_000 */
  readonly maxOpenMs?: number
  /** Spreads the open time by ± this share, 0–1, so that instances do not try together. @default 0.1 */
  readonly jitter?: number
  /** How many successful trials close it; integer ≥ 1. @default 1 */
  readonly successThreshold?: number
  /** How many trials may run at once while half-open; integer ≥ 1. Others are refused. @default 1 */
  readonly halfOpenLimit?: number
  /** A trial that has not ended after this gives its place to another, milliseconds; ≥ 1. @default 30_000 */
  readonly trialLeaseMs?: number
  /**
   * Which errors are the dependency's fault. Others count as a sign of life, neither for nor against.
   * Rejections by other policies and aborts by the caller are never asked about. @default every error
   */
  readonly isFailure?: (error: unknown) => boolean
  /** What time is taken from. @default the system's */
  readonly clock?: Clock
  /** Where chance comes from. @default the system's */
  readonly random?: Random
  /** Told of each {@link CircuitEvent}. */
  readonly onEvent?: (event: CircuitEvent) => void
}

/** The defaults of {@link CircuitBreakerOptions}. */
export const circuitBreakerDefaults: Omit<CircuitBreakerSettings, 'consecutiveFailures' | 'isFailure'> =
  Object.freeze({
    name: 'circuit-breaker',
    failureRatio: 0.5,
    minimumCalls: 20,
    windowMs: 30_000,
    openMs: 5_000,
    maxOpenMs: 60_000,
    jitter: 0.1,
    successThreshold: 1,
    halfOpenLimit: 1,
    trialLeaseMs: 30_000,
  })

/** What a breaker works with: all numbers filled in. `consecutiveFailures` is 0 for the ratio kind. */
export interface CircuitBreakerSettings {
  readonly name: string
  readonly failureRatio: number
  readonly minimumCalls: number
  readonly windowMs: number
  readonly consecutiveFailures: number
  readonly openMs: number
  readonly maxOpenMs: number
  readonly jitter: number
  readonly successThreshold: number
  readonly halfOpenLimit: number
  readonly trialLeaseMs: number
  readonly isFailure: (error: unknown) => boolean
}

const dayMs = 86_400_000
const count = Object.freeze({ min: 1, max: 1_000_000, isInteger: true })
const functionNames = ['isFailure', 'onEvent'] as const
const names = [
  ...Object.keys(circuitBreakerDefaults),
  'consecutiveFailures',
  'clock',
  'random',
  ...functionNames,
]

/** Validates the options once, at construction. */
export function resolveCircuitBreakerOptions(options: CircuitBreakerOptions): CircuitBreakerSettings {
  const what = 'circuit breaker'
  checkNames(what, options, names)
  checkNumbers(what, options, {
    failureRatio: { min: 0, max: 1, isAboveMin: true },
    minimumCalls: count,
    windowMs: { min: 100, max: dayMs },
    consecutiveFailures: count,
    openMs: { min: 1, max: dayMs },
    maxOpenMs: { min: 1, max: dayMs },
    jitter: { min: 0, max: 1 },
    successThreshold: count,
    halfOpenLimit: count,
    trialLeaseMs: { min: 1, max: dayMs },
  })
  for (const field of functionNames) checkFunction(what, field, options[field])
  checkMethods(what, options, { clock: ['now', 'coarseNow', 'epochNow'], random: ['next'] })
  return settle(withoutUndefined(options))
}

function settle(options: CircuitBreakerOptions): CircuitBreakerSettings {
  const { consecutiveFailures = 0, isFailure = () => true } = options
  if (consecutiveFailures > 0 && options.failureRatio !== undefined) {
    throw new TypeError(
      "Cannot create circuit breaker as 'failureRatio' and 'consecutiveFailures' exclude each other",
    )
  }
  const {
    clock: _clock,
    random: _random,
    onEvent: _onEvent,
    ...numbers
  } = { ...circuitBreakerDefaults, ...options }
  const maxOpenMs = options.maxOpenMs ?? Math.max(numbers.maxOpenMs, numbers.openMs)
  if (maxOpenMs >= numbers.openMs)
    return Object.freeze({ ...numbers, maxOpenMs, consecutiveFailures, isFailure })
  throw new RangeError(
    `Cannot create circuit breaker as 'maxOpenMs' must be a number >= openMs (${numbers.openMs}): current value is ${maxOpenMs}`,
  )
}
