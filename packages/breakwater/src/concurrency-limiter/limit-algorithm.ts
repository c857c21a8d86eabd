import type { Random } from '../random/random.ts'

/** What was measured of one call, or of the calls of one window. */
export interface LimitSample {
  /** How long it took, milliseconds. */
  readonly rttMs: number
  /** How many calls ran when it was admitted, itself included. */
  readonly inFlight: number
  /** Whether the call was lost to overload. */
  readonly isDrop: boolean
}

/** The bounds that an estimate starts from and stays in. They may be set while it runs: read them at each sample. */
export interface LimitBounds {
  readonly initialLimit: number
  readonly minLimit: number
  readonly maxLimit: number
}

/** Learns from samples how many calls may run at once. One belongs to one limiter. */
export interface LimitEstimator {
  /** Learns; the result is the new limit, a whole number. */
  update(sample: LimitSample): number
  /** The bounds were set: a limit beyond them is to move there, as that of the limiter does. */
  boundsChanged?(): void
}

/** When samples are put together before an algorithm sees them. */
export interface SampleWindowOptions {
  /** The shortest window, milliseconds, 100 to 60,000. @default 1_000 */
  readonly minMs?: number
  /** The longest window, milliseconds, ≥ `minMs`: between the two it is twice the shortest time seen. @default 1_000 */
  readonly maxMs?: number
  /** Windows with fewer calls teach nothing; integer ≥ 1. @default 10 */
  readonly minSamples?: number
  /** Calls that took less are not looked at, milliseconds ≥ 0. @default 0.1 */
  readonly minRttMs?: number
}

/** A way to find the limit: what {@link aimd}, {@link vegas} and {@link gradient2} make. */
export interface LimitAlgorithm {
  /** `aimd`, `vegas`, `gradient2`. */
  readonly name: string
  /** The bounds when the limiter is given none. */
  readonly bounds: LimitBounds
  /** How samples are put together; undefined when each call is one. */
  readonly window: Required<SampleWindowOptions> | undefined
  /** Makes the estimator of one limiter. */
  start(bounds: LimitBounds, random: Random): LimitEstimator
}
