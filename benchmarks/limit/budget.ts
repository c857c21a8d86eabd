import type { Tick } from '../clock/coarse-tick.ts'
import { LimitWindow } from './window.ts'

const windowMs = 10_000
const ratio = 0.2
const minimum = 30

/** Retries up to a fifth of the calls of ten seconds and three a second. */
export class LimitBudget {
  readonly #tick: Tick
  /** Calls are its successes, retries its failures. */
  readonly #window = new LimitWindow(windowMs)

  constructor(tick: Tick) {
    this.#tick = tick
  }

  /** A call is made. */
  deposit(): void {
    this.#window.add(true, this.#tick.now)
  }

  /** Takes a retry if there is one. */
  tryWithdraw(): boolean {
    const { successes, failures } = this.#window
    if (failures + 1 > ratio * successes + minimum) return false
    this.#window.add(false, this.#tick.now)
    return true
  }
}
