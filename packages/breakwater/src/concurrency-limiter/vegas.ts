import { checkFunction, checkNames, checkNumbers, withoutUndefined } from '../config/check-option.ts'
import type { Random } from '../random/random.ts'
import type {
  LimitAlgorithm,
  LimitBounds,
  LimitEstimator,
  LimitSample,
  SampleWindowOptions,
} from './limit-algorithm.ts'
import { resolveWindow, shortWindowDefaults } from './window-options.ts'
import { withinBounds } from './within-bounds.ts'

/** Options of {@link vegas}. Each function is given the limit and must be quick and without effects. */
export interface VegasOptions {
  /** A queue shorter than this lets the limit grow. @default 3 × log₁₀(limit) */
  readonly alpha?: number | ((limit: number) => number)
  /** A queue longer than this makes it shrink; it is also the step while there is no queue. @default 6 × log₁₀(limit) */
  readonly beta?: number | ((limit: number) => number)
  /** Up to this queue the limit grows by `beta` at once. @default log₁₀(limit) */
  readonly threshold?: number | ((limit: number) => number)
  /** The limit after a careful step up. @default limit + log₁₀(limit) */
  readonly increase?: (limit: number) => number
  /** The limit after a step down. @default limit − log₁₀(limit) */
  readonly decrease?: (limit: number) => number
  /** How much of a step is taken, above 0 to 1. @default 1 */
  readonly smoothing?: number
  /** The shortest time is measured anew every `probeMultiplier` × limit × U(0.5, 1) samples; > 0. @default 30 */
  readonly probeMultiplier?: number
  /** Puts calls together before they count; false counts each, as Netflix does. @default windows of 0.1–1 s with 10 calls or more */
  readonly window?: SampleWindowOptions | false
}

type Settings = {
  readonly [Name in 'alpha' | 'beta' | 'threshold' | 'increase' | 'decrease']: (limit: number) => number
} & { readonly smoothing: number; readonly probeMultiplier: number }

/** The defaults of {@link VegasOptions} that are numbers; the functions are made of log₁₀ of the limit, at least 1. */
export const vegasDefaults: Readonly<{
  smoothing: number
  probeMultiplier: number
  window: Required<SampleWindowOptions>
}> = Object.freeze({ smoothing: 1, probeMultiplier: 30, window: shortWindowDefaults })

const functionNames = ['alpha', 'beta', 'threshold', 'increase', 'decrease'] as const
const names = [...functionNames, ...Object.keys(vegasDefaults)]

/**
 * TCP Vegas: the shortest time ever seen is what a call takes without a queue, so `limit × (1 − shortest / time)` of the calls
 * must be waiting somewhere; the limit grows while that queue is short and shrinks when it is long.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see Brakmo and Peterson (1995), "TCP Vegas: end to end congestion avoidance on a global internet"
 * @see Netflix concurrency-limits, `VegasLimit`
 * @example
 * const limiter = concurrencyLimiter({ algorithm: vegas(), maxLimit: 500 })
 */
export function vegas(options: VegasOptions = {}): LimitAlgorithm {
  checkNames('Vegas', options, names)
  checkNumbers('Vegas', options, {
    smoothing: { min: 0, max: 1, isAboveMin: true },
    probeMultiplier: { min: 0, max: 1_000_000, isAboveMin: true },
  })
  for (const field of functionNames) checkStep(field, options)
  const settings = settle(options)
  return Object.freeze({
    name: 'vegas',
    bounds: Object.freeze({ initialLimit: 20, minLimit: 1, maxLimit: 1_000 }),
    window: resolveWindow('Vegas', options.window ?? {}, shortWindowDefaults),
    start: (bounds: LimitBounds, random: Random) => new VegasEstimator(settings, bounds, random),
  })
}

/** The whole part of the decimal logarithm, at least 1. */
export function log10Root(limit: number): number {
  return Math.max(1, Math.trunc(Math.log10(Math.max(1, Math.trunc(limit)))))
}

function checkStep(field: (typeof functionNames)[number], options: VegasOptions): void {
  const value = options[field]
  const mayBeNumber = field !== 'increase' && field !== 'decrease'
  if (typeof value === 'number' && mayBeNumber) {
    checkNumbers('Vegas', options, { [field]: { min: 0, max: 1_000_000 } })
  } else checkFunction('Vegas', field, value)
}

function settle(options: VegasOptions): Settings {
  const { alpha, beta, threshold, increase, decrease, smoothing, probeMultiplier } = {
    ...vegasDefaults,
    ...withoutUndefined(options),
  }
  return {
    ...{ smoothing, probeMultiplier },
    alpha: stepOf(alpha, (limit) => 3 * log10Root(limit)),
    beta: stepOf(beta, (limit) => 6 * log10Root(limit)),
    threshold: stepOf(threshold, log10Root),
    increase: increase ?? ((limit) => limit + log10Root(limit)),
    decrease: decrease ?? ((limit) => limit - log10Root(limit)),
  }
}

function stepOf(
  value: number | ((limit: number) => number) | undefined,
  byDefault: (limit: number) => number,
): (limit: number) => number {
  return typeof value === 'number' ? () => value : (value ?? byDefault)
}

class VegasEstimator implements LimitEstimator {
  readonly #settings: Settings
  readonly #bounds: LimitBounds
  readonly #random: Random
  #limit: number
  /** 0 until something was measured. */
  #shortestMs = 0
  #samples = 0
  #probeJitter = 1

  constructor(settings: Settings, bounds: LimitBounds, random: Random) {
    this.#settings = settings
    this.#bounds = bounds
    this.#random = random
    this.#limit = bounds.initialLimit
    this.#probeJitter = 0.5 + random.next() / 2
  }

  update(sample: LimitSample): number {
    const { rttMs } = sample
    // Without a duration the queue cannot be told; a drop says all that is needed.
    if (rttMs <= 0 && !sample.isDrop) return Math.trunc(this.#limit)
    this.#samples++
    if (rttMs > 0 && this.#isNewBaseline(rttMs)) {
      this.#shortestMs = rttMs
      return Math.trunc(this.#limit)
    }
    const target = this.#target(sample)
    if (target !== undefined && Number.isFinite(target)) this.#move(target)
    return Math.trunc(this.#limit)
  }

  boundsChanged(): void {
    this.#limit = withinBounds(this.#limit, this.#bounds)
  }

  #isNewBaseline(rttMs: number): boolean {
    if (this.#probeJitter * this.#settings.probeMultiplier * this.#limit <= this.#samples) {
      this.#samples = 0
      this.#probeJitter = 0.5 + this.#random.next() / 2
      return true
    }
    return this.#shortestMs === 0 || rttMs < this.#shortestMs
  }

  /** Where the limit wants to go; undefined when it is right. */
  #target({ rttMs, inFlight, isDrop }: LimitSample): number | undefined {
    const { alpha, beta, threshold, increase, decrease } = this.#settings
    const limit = this.#limit
    if (isDrop) return decrease(limit)
    if (inFlight * 2 < limit) return undefined
    const queue = Math.ceil(limit * (1 - this.#shortestMs / rttMs))
    const whole = Math.trunc(limit)
    if (queue <= threshold(whole)) return limit + beta(whole)
    if (queue < alpha(whole)) return increase(limit)
    return queue > beta(whole) ? decrease(limit) : undefined
  }

  #move(target: number): void {
    const { smoothing } = this.#settings
    const bounded = withinBounds(target, this.#bounds)
    this.#limit = (1 - smoothing) * this.#limit + smoothing * bounded
  }
}
