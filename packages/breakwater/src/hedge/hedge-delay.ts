import type { Clock } from '../clock/clock.ts'
import { PercentileWindow } from '../metrics/percentile-window.ts'
import type { PercentileDelay } from './hedge-options.ts'

/** How long calls wait before they are hedged. */
export interface HedgeDelay {
  /** What the last call waits, or the first one will; milliseconds. */
  readonly lastMs: number
  /** How long to wait from now on, milliseconds. */
  nextMs(clock: Clock): number
  /** A call begins; the result is given back to {@link HedgeDelay.callAnswered}. */
  callStarted(clock: Clock): number
  callAnswered(clock: Clock, startedAt: number): void
}

/** The same for each call, or what most calls take. */
export function hedgeDelay(delay: number | Required<PercentileDelay>): HedgeDelay {
  return typeof delay === 'number' ? new FixedHedgeDelay(delay) : new PercentileHedgeDelay(delay)
}

/** Never looks at the clock. */
class FixedHedgeDelay implements HedgeDelay {
  readonly lastMs: number

  constructor(ms: number) {
    this.lastMs = ms
  }

  nextMs(): number {
    return this.lastMs
  }

  callStarted(): number {
    return 0
  }

  callAnswered(): void {
    // It does not depend on what calls take.
  }
}

class PercentileHedgeDelay implements HedgeDelay {
  lastMs: number
  readonly #options: Required<PercentileDelay>
  readonly #window: PercentileWindow

  constructor(options: Required<PercentileDelay>) {
    this.lastMs = options.maxMs
    this.#options = options
    this.#window = new PercentileWindow(options)
  }

  nextMs(clock: Clock): number {
    const { minMs, maxMs, minimumSamples } = this.#options
    const percentile = this.#window.read(clock.now(), minimumSamples) ?? maxMs
    this.lastMs = Math.min(maxMs, Math.max(minMs, percentile))
    return this.lastMs
  }

  callStarted(clock: Clock): number {
    return clock.now()
  }

  callAnswered(clock: Clock, startedAt: number): void {
    const now = clock.now()
    this.#window.record(now - startedAt, now)
  }
}
