import { checkNames, checkNumbers, withoutUndefined } from '../config/check-option.ts'
import type {
  LimitAlgorithm,
  LimitBounds,
  LimitEstimator,
  LimitSample,
  SampleWindowOptions,
} from './limit-algorithm.ts'
import { resolveWindow, shortWindowDefaults } from './window-options.ts'
import { withinBounds } from './within-bounds.ts'

/** Options of {@link aimd}. */
export interface AimdOptions {
  /** What the limit is multiplied by at a drop, 0.5 to below 1. @default 0.9 */
  readonly backoffRatio?: number
  /** A call that takes longer counts as a drop, milliseconds > 0. @default 5_000 */
  readonly timeoutMs?: number
  /** Puts calls together before they count; false counts each, as Netflix does. @default windows of 0.1–1 s with 10 calls or more */
  readonly window?: SampleWindowOptions | false
}

/** The defaults of {@link AimdOptions}. */
export const aimdDefaults: Readonly<Required<AimdOptions>> = Object.freeze({
  backoffRatio: 0.9,
  timeoutMs: 5_000,
  window: shortWindowDefaults,
})

/**
 * Additive increase, multiplicative decrease: the limit grows by one with each good window while at least half of it is used, and
 * shrinks to nine tenths with each in which a call was dropped. It knows only loss: it needs timeouts, or a dependency that refuses.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see Chiu and Jain (1989), "Analysis of the increase and decrease algorithms for congestion avoidance"
 * @see Netflix concurrency-limits, `AIMDLimit`
 * @example
 * const limiter = concurrencyLimiter({ algorithm: aimd({ timeoutMs: 500 }) })
 */
export function aimd(options: AimdOptions = {}): LimitAlgorithm {
  checkNames('AIMD', options, Object.keys(aimdDefaults))
  checkNumbers('AIMD', options, {
    backoffRatio: { min: 0.5, max: 0.999_999 },
    timeoutMs: { min: 0, max: 86_400_000, isAboveMin: true },
  })
  const settings = { ...aimdDefaults, ...withoutUndefined(options) }
  return Object.freeze({
    name: 'aimd',
    bounds: Object.freeze({ initialLimit: 20, minLimit: 20, maxLimit: 200 }),
    window: resolveWindow('AIMD', settings.window, shortWindowDefaults),
    start: (bounds: LimitBounds) => new AimdEstimator(settings, bounds),
  })
}

class AimdEstimator implements LimitEstimator {
  readonly #options: Required<AimdOptions>
  readonly #bounds: LimitBounds
  #limit: number

  constructor(options: Required<AimdOptions>, bounds: LimitBounds) {
    this.#options = options
    this.#bounds = bounds
    this.#limit = bounds.initialLimit
  }

  update({ rttMs, inFlight, isDrop }: LimitSample): number {
    const { backoffRatio, timeoutMs } = this.#options
    let limit = this.#limit
    if (isDrop || rttMs > timeoutMs) limit = Math.trunc(limit * backoffRatio)
    else if (inFlight * 2 >= limit) limit += 1
    this.#limit = withinBounds(limit, this.#bounds)
    return this.#limit
  }

  boundsChanged(): void {
    this.#limit = withinBounds(this.#limit, this.#bounds)
  }
}
