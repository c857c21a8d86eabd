import { keyedCallOf } from '../pipeline/keyed-call.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import type { RateLimiterOptions, RateLimiterSettings } from './rate-limiter-options.ts'
import type { RateRules } from './rate-rules.ts'

/** Finds out what a call takes, and of whom. */
export class RateQuestion {
  readonly #cost: RateLimiterSettings['cost']
  readonly #rules: RateRules
  readonly #keyOf: RateLimiterOptions['keyOf']

  constructor(cost: RateLimiterSettings['cost'], keyOf: RateLimiterOptions['keyOf'], rules: RateRules) {
    this.#cost = cost
    this.#rules = rules
    this.#keyOf = keyOf
  }

  /** What a call takes when nobody says otherwise. */
  get usualCost(): number {
    return typeof this.#cost === 'number' ? this.#cost : 1
  }

  /** Whose limit it is. May throw what the user's function throws. */
  keyOf(run: RunHandle): string {
    return this.#keyOf === undefined ? (run.call.options?.key ?? '') : this.#keyOf(keyedCallOf(run))
  }

  /** What it takes. May throw what the user's function throws. */
  costOf(run: RunHandle): number {
    const cost = this.#cost
    if (typeof cost === 'number') return cost
    return this.checkCost(cost(keyedCallOf(run)))
  }

  /**
   * Passes a cost on that can be admitted.
   *
   * @throws {RangeError} when it never can
   */
  checkCost(cost: number): number {
    const { burst } = this.#rules.current
    if (Number.isInteger(cost) && cost >= 1 && cost <= burst) return cost
    throw new RangeError(
      `Cannot limit a call as its cost must be an integer >= 1 and <= ${burst}: current value is ${String(cost)}`,
    )
  }
}
