import type { Clock } from '../clock/clock.ts'
import type { Random } from '../random/random.ts'
import type { BreakerSnapshot } from './breaker-snapshot.ts'
import type { CircuitEvent } from './circuit-breaker-events.ts'
import type { HealthProbe } from './dependency-health.ts'
import type { OpenTime } from './open-time.ts'

/** Options of {@link circuitBreaker}. */
export interface CircuitBreakerOptions {
  /** Names the breaker in events, on the page, and for overrides. @default 'circuit-breaker' */
  readonly name?: string
  /** The share of failures in the window that opens it, above 0 and up to 1. Not with `consecutiveFailures`. @default 0.5 */
  readonly failureRatio?: number
  /** How many calls the window must hold before a ratio counts; integer ≥ 1, at most `windowCalls`. @default 20 */
  readonly minimumCalls?: number
  /** How far back calls count, milliseconds, 100 ms to 1 day; in ten steps. @default 30_000 */
  readonly windowMs?: number
  /** Counts the last so many calls instead of those of a time; integer, 1 to 100_000. Not with `windowMs`. */
  readonly windowCalls?: number
  /** Opens after so many failures in a row instead of by ratio; integer ≥ 1. A success starts the count again. */
  readonly consecutiveFailures?: number
  /** A call that takes so long or longer is slow, milliseconds, ≥ 1; with `consecutiveFailures` it is a failure. @default durations do not count */
  readonly slowCallMs?: number
  /** The share of slow calls in the window that opens it, above 0 and up to 1. Needs `slowCallMs`; not with `consecutiveFailures`. @default 0.5 */
  readonly slowCallRatio?: number
  /**
   * How long it stays open before the first trial, milliseconds, ≥ 1; or a rule that is asked at each opening, with 1 for
   * the first and one more after each failed recovery, or a backoff. @default 5_000
   */
  readonly openMs?: number | OpenTime
  /** Each failed recovery doubles the open time up to this; ≥ `openMs`. @default 60_000, 1 day when `openMs` is a rule */
  readonly maxOpenMs?: number
  /** Spreads the open time by ± this share, 0–1, so that instances do not try together. @default 0.1, 0 when `openMs` is a rule */
  readonly jitter?: number
  /** How many successful trials close it; integer ≥ 1. @default 1 */
  readonly successThreshold?: number
  /** Over how many trials is decided: with more than must succeed, some may fail; integer ≥ 1. @default as many as must succeed */
  readonly trials?: number
  /** The share of `trials` that must succeed, above 0 and up to 1. Not with `successThreshold`. @default all */
  readonly trialSuccessRatio?: number
  /** How many trials may run at once while half-open; integer ≥ 1. Others are refused. @default 1 */
  readonly halfOpenLimit?: number
  /** A trial that has not ended after this gives its place to another, milliseconds; ≥ 1. @default 30_000 */
  readonly trialLeaseMs?: number
  /** After the trials, lets calls in step by step instead of all at once. @default all at once */
  readonly ramp?: RampOptions
  /**
   * Which errors are the dependency's fault. Others count as a sign of life, neither for nor against.
   * Rejections by other policies and aborts by the caller are never asked about. @default every error
   */
  readonly isFailure?: (error: unknown) => boolean
  /** Subscribed to while the circuit is not closed: says whether the dependency is back. */
  readonly healthProbe?: HealthProbe
  /** Goes on where a breaker of the same name was, as its `snapshot()` says; what is out of bounds is held to them. */
  readonly restore?: BreakerSnapshot
  /** How many different failures `diagnose()` can name, the last ones; integer, 0 to 50. @default 5 */
  readonly failuresKept?: number
  /** What time is taken from. @default the system's */
  readonly clock?: Clock
  /** Where chance comes from. @default the system's */
  readonly random?: Random
  /** Told of each {@link CircuitEvent}. */
  readonly onEvent?: (event: CircuitEvent) => void
}

/** How load comes back after a recovery. */
export interface RampOptions {
  /** The share of calls that each step lets in, above 0 and below 1, rising; 1 to 20 of them. @default [0.1, 0.3, 0.6] */
  readonly steps?: readonly number[]
  /** How long a step lasts, milliseconds, 1 ms to 1 day. @default 5_000 */
  readonly stepMs?: number
  /** The share of failures during the ramp that opens it again, above 0 and up to 1. @default 0.5 */
  readonly failureRatio?: number
  /** How many calls must have ended during the ramp before that counts; integer ≥ 1. @default 5 */
  readonly minimumCalls?: number
}

/** The options that have a default of plain text or number. */
export type CircuitBreakerDefaults = Readonly<Record<NumberWithDefault | 'openMs', number> & { name: string }>

type NumberWithDefault =
  | 'failureRatio'
  | 'minimumCalls'
  | 'windowMs'
  | 'slowCallRatio'
  | 'maxOpenMs'
  | 'jitter'
  | 'successThreshold'
  | 'halfOpenLimit'
  | 'trialLeaseMs'
  | 'failuresKept'

/** The defaults of {@link CircuitBreakerOptions}. */
export const circuitBreakerDefaults: CircuitBreakerDefaults = /* @__PURE__ */ Object.freeze({
  name: 'circuit-breaker',
  failureRatio: 0.5,
  minimumCalls: 20,
  windowMs: 30_000,
  slowCallRatio: 0.5,
  openMs: 5_000,
  maxOpenMs: 60_000,
  jitter: 0.1,
  successThreshold: 1,
  halfOpenLimit: 1,
  trialLeaseMs: 30_000,
  failuresKept: 5,
})

/** The defaults of {@link RampOptions}. */
export const rampDefaults: Required<RampOptions> = /* @__PURE__ */ Object.freeze({
  steps: Object.freeze([0.1, 0.3, 0.6]),
  stepMs: 5_000,
  failureRatio: 0.5,
  minimumCalls: 5,
})
