import type { LimitEstimator, LimitSample, SampleWindowOptions } from './limit-algorithm.ts'

/**
 * Puts the calls of a window together: their average time, the most that ran at once, whether any was dropped. A window
 * ends with the first call that ends after it; so no timer is needed, and an idle limiter learns nothing.
 *
 * @see Netflix concurrency-limits, `WindowedLimit` and `ImmutableAverageSampleWindow`
 */
export class SampleWindow {
  readonly #options: Required<SampleWindowOptions>
  readonly #estimator: LimitEstimator
  #endsAt = 0
  #count = 0
  #sumMs = 0
  #minMs = Infinity
  #mostInFlight = 0
  #hasDrop = false

  constructor(options: Required<SampleWindowOptions>, estimator: LimitEstimator) {
    this.#options = options
    this.#estimator = estimator
  }

  /** Takes a call that ended at `now`; the new limit, or undefined while the window is open or too thin. */
  add(sample: LimitSample, now: number): number | undefined {
    if (sample.rttMs < this.#options.minRttMs) return undefined
    this.#count++
    this.#sumMs += sample.rttMs
    this.#minMs = Math.min(this.#minMs, sample.rttMs)
    this.#mostInFlight = Math.max(this.#mostInFlight, sample.inFlight)
    this.#hasDrop ||= sample.isDrop
    return now > this.#endsAt ? this.#close(now) : undefined
  }

  #close(now: number): number | undefined {
    const { minMs, maxMs, minSamples } = this.#options
    const rttMs = this.#sumMs / this.#count
    const summary = { rttMs, inFlight: this.#mostInFlight, isDrop: this.#hasDrop }
    const isReady = this.#count >= minSamples
    this.#endsAt = now + Math.min(Math.max(this.#minMs * 2, minMs), maxMs)
    this.#count = 0
    this.#sumMs = 0
    this.#minMs = Infinity
    this.#mostInFlight = 0
    this.#hasDrop = false
    return isReady ? this.#estimator.update(summary) : undefined
  }
}
