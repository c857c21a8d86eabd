import type { CircuitBreakerSettings } from './circuit-breaker-options.ts'
import { OutcomeWindow } from './outcome-window.ts'

/** Calls pass and are counted. The window is made with the first outcome: an unused breaker has none. */
export class ClosedState {
  readonly kind = 'closed'
  readonly since: number
  readonly #settings: CircuitBreakerSettings
  #window: OutcomeWindow | undefined = undefined
  #inARow = 0

  constructor(settings: CircuitBreakerSettings, since: number) {
    this.#settings = settings
    this.since = since
  }

  /** Counts a success. */
  succeed(now: number): void {
    this.#inARow = 0
    if (this.#window !== undefined) this.#window.succeed(now)
    else if (this.#settings.consecutiveFailures === 0) this.#makeWindow().succeed(now)
  }

  /** Counts a failure; a sentence when it is the one that opens the circuit. */
  fail(now: number): string | undefined {
    const { consecutiveFailures } = this.#settings
    if (consecutiveFailures > 0) return this.#countInARow(consecutiveFailures)
    const window = this.#window ?? this.#makeWindow()
    window.fail(now)
    return this.#judge(window)
  }

  /** What the evidence is now. */
  evidence(now: number): { readonly calls: number; readonly failures: number } {
    if (this.#settings.consecutiveFailures > 0) return { calls: this.#inARow, failures: this.#inARow }
    this.#window?.expire(now)
    return { calls: this.#window?.calls ?? 0, failures: this.#window?.failures ?? 0 }
  }

  #makeWindow(): OutcomeWindow {
    this.#window = new OutcomeWindow(this.#settings.windowMs)
    return this.#window
  }

  #countInARow(threshold: number): string | undefined {
    this.#inARow++
    return this.#inARow >= threshold ? `${this.#inARow} calls failed in a row` : undefined
  }

  #judge(window: OutcomeWindow): string | undefined {
    const { minimumCalls, failureRatio, windowMs } = this.#settings
    const { calls, failures } = window
    if (calls < minimumCalls || failures / calls < failureRatio) return undefined
    return `${Math.round((100 * failures) / calls)} % of ${calls} calls failed in ${windowMs / 1000} s`
  }
}
