import { PercentileWindow } from '../metrics/percentile-window.ts'
import type { ResolvedAdaptiveLimitOptions } from './adaptive-limit-options.ts'
import { gridCeil } from './duration-grid.ts'

/**
 * A limit learned from recent durations.
 *
 * A call that was cut off counts with the limit that cut it: so when the dependency becomes slower than the limit, the
 * percentile rises to the limit, and the limit by its factor, until calls come through again or the ceiling is reached.
 */
export class AdaptiveLimit {
  readonly #options: ResolvedAdaptiveLimitOptions
  readonly #window: PercentileWindow
  #percentileMs: number | undefined = undefined
  #limitMs: number

  constructor(options: ResolvedAdaptiveLimitOptions) {
    this.#options = options
    this.#window = new PercentileWindow(options)
    this.#limitMs = options.ceilingMs
  }

  /** Counts a call that ended, or was cut off, at `now`. */
  record(durationMs: number, now: number): void {
    this.#window.record(durationMs, now)
  }

  /** The limit for a call that starts at `now`. */
  limitMs(now: number): number {
    const { warmUpCalls, ceilingMs, floorMs, factor } = this.#options
    const percentileMs = this.#window.read(now, warmUpCalls)
    if (percentileMs === this.#percentileMs) return this.#limitMs
    this.#percentileMs = percentileMs
    const wanted = percentileMs === undefined ? ceilingMs : Math.max(floorMs, percentileMs * factor)
    this.#limitMs = Math.min(ceilingMs, gridCeil(wanted))
    return this.#limitMs
  }
}
