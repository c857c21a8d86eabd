import { checkNumbers } from '../config/check-option.ts'
import type { RateRule } from './ledger.ts'
import { amountRule, type RateLimiterOptions, type RateLimiterSettings } from './rate-limiter-options.ts'

/** The numbers of a limiter as they are now: they may change while it runs, always to ones that it could have been made with. */
export class RateRules {
  #current: RateRule
  readonly #settings: RateLimiterSettings
  /** Whether nobody said how much may be taken at once, so that it is as much as in an interval. */
  readonly #burstFollows: boolean

  constructor(settings: RateLimiterSettings, options: RateLimiterOptions) {
    const { limit, intervalMs, burst } = settings
    this.#settings = settings
    this.#burstFollows = options.burst === undefined && settings.algorithm !== 'gcra'
    this.#current = { limit, intervalMs, burst }
  }

  get current(): RateRule {
    return this.#current
  }

  /** @throws {RangeError} when it is out of range, or below what each call takes */
  setLimit(limit: number): void {
    checkNumbers('rate limiter', { limit: limit ?? NaN }, { limit: amountRule })
    const burst = this.#burstFollows ? limit : this.#current.burst
    this.#change('limit', { ...this.#current, limit, burst })
  }

  /**
   * @throws {RangeError} when it is out of range, or below what each call takes
   * @throws {TypeError} for a sliding window, which has none
   */
  setBurst(burst: number): void {
    if (this.#settings.algorithm === 'sliding-window') {
      throw new TypeError(
        "Cannot set 'burst' of rate limiter as the algorithm 'sliding-window' has none: set its 'limit'",
      )
    }
    checkNumbers('rate limiter', { burst: burst ?? NaN }, { burst: amountRule })
    this.#change('burst', { ...this.#current, burst })
  }

  #change(field: 'limit' | 'burst', rule: RateRule): void {
    const { cost } = this.#settings
    if (typeof cost === 'number') {
      checkNumbers('rate limiter', { [field]: rule.burst }, { [field]: { ...amountRule, min: cost } })
    }
    this.#current = rule
  }
}
