import { checkFunction, checkNames, checkNumbers, withoutUndefined } from '../config/check-option.ts'
import { ExponentialAverage } from './exponential-average.ts'
import type {
  LimitAlgorithm,
  LimitBounds,
  LimitEstimator,
  LimitSample,
  SampleWindowOptions,
} from './limit-algorithm.ts'
import { resolveWindow, sampleWindowDefaults } from './window-options.ts'
import { withinBounds } from './within-bounds.ts'

/** Options of {@link gradient2}. */
export interface Gradient2Options {
  /** How much slower than the long average a window may be before the limit shrinks; ≥ 1. @default 1.5 */
  readonly rttTolerance?: number
  /** How much of a step is taken, above 0 to 1. @default 0.2 */
  readonly smoothing?: number
  /** The queue that is allowed, in calls; ≥ 0, or a function of the limit. @default 4 */
  readonly queueSize?: number | ((limit: number) => number)
  /** Over about how many windows the long average goes; integer ≥ 1. @default 600 */
  readonly longWindow?: number
  /** Puts calls together before they count; false counts each. @default windows of 1 s with 10 calls or more */
  readonly window?: SampleWindowOptions | false
}

/** The defaults of {@link Gradient2Options}. */
export const gradient2Defaults: Readonly<Required<Gradient2Options>> = Object.freeze({
  rttTolerance: 1.5,
  smoothing: 0.2,
  queueSize: 4,
  longWindow: 600,
  window: sampleWindowDefaults,
})

/** How many windows the long average takes as they are, before it turns exponential. */
const warmupWindows = 10

/**
 * Gradient2: compares the time of a window with its long average. While it is no more than `rttTolerance` times that, the limit
 * grows by `queueSize` × `smoothing`; when it is more, the limit shrinks in proportion, by half of a step at most. An average
 * adapts to a dependency that changes for good, where the shortest time of {@link vegas} has to be probed for.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see Netflix concurrency-limits, `Gradient2Limit`
 * @example
 * const limiter = concurrencyLimiter({ algorithm: gradient2({ rttTolerance: 2 }), minLimit: 5 })
 */
export function gradient2(options: Gradient2Options = {}): LimitAlgorithm {
  checkNames('Gradient2', options, Object.keys(gradient2Defaults))
  checkNumbers('Gradient2', options, {
    rttTolerance: { min: 1, max: 1_000 },
    smoothing: { min: 0, max: 1, isAboveMin: true },
    longWindow: { min: 1, max: 1_000_000, isInteger: true },
  })
  const { queueSize } = options
  if (typeof queueSize === 'number') {
    checkNumbers('Gradient2', options, { queueSize: { min: 0, max: 1_000_000 } })
  } else checkFunction('Gradient2', 'queueSize', queueSize)
  const settings = { ...gradient2Defaults, ...withoutUndefined(options) }
  return Object.freeze({
    name: 'gradient2',
    bounds: Object.freeze({ initialLimit: 20, minLimit: 20, maxLimit: 200 }),
    window: resolveWindow('Gradient2', settings.window, sampleWindowDefaults),
    start: (bounds: LimitBounds) => new Gradient2Estimator(settings, bounds),
  })
}

class Gradient2Estimator implements LimitEstimator {
  readonly #options: Required<Gradient2Options>
  readonly #bounds: LimitBounds
  readonly #long: ExponentialAverage
  #limit: number

  constructor(options: Required<Gradient2Options>, bounds: LimitBounds) {
    this.#options = options
    this.#bounds = bounds
    this.#long = new ExponentialAverage(options.longWindow, warmupWindows)
    this.#limit = bounds.initialLimit
  }

  update({ rttMs, inFlight }: LimitSample): number {
    if (rttMs <= 0) return Math.trunc(this.#limit)
    const longMs = this.#long.add(rttMs)
    // After a long overload the average is far above what calls take again: help it down.
    if (longMs / rttMs > 2) this.#long.scale(0.95)
    if (inFlight >= this.#limit / 2) this.#move(longMs / rttMs)
    return Math.trunc(this.#limit)
  }

  boundsChanged(): void {
    this.#limit = withinBounds(this.#limit, this.#bounds)
  }

  #move(ratio: number): void {
    const { rttTolerance, smoothing, queueSize } = this.#options
    const limit = this.#limit
    const queue = typeof queueSize === 'number' ? queueSize : queueSize(Math.trunc(limit))
    const gradient = Math.max(0.5, Math.min(1, rttTolerance * ratio))
    const next = limit * (1 - smoothing) + (limit * gradient + queue) * smoothing
    if (Number.isFinite(next)) this.#limit = withinBounds(next, this.#bounds)
  }
}
