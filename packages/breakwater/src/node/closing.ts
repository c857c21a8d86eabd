import type { Clock, Timer } from '../clock/clock.ts'
import { checkNumbers } from '../config/check-option.ts'

/** How a worker bulkhead or a resource pool is closed. */
export interface CloseOptions {
  /** How long what was let in may go on, milliseconds ≥ 0; then it is ended: killed, or its lease taken away. @default Infinity */
  readonly graceMs?: number
}

/** The end of something that lets its work go on for a time of grace. */
export class Closing {
  readonly #clock: Clock
  readonly #cut: () => void
  readonly #closed = Promise.withResolvers<void>()
  #timer: Timer | undefined = undefined
  #isOver = false
  hasBegun = false

  /** `cut` ends what still goes on after the time of grace. */
  constructor(clock: Clock, cut: () => void) {
    this.#clock = clock
    this.#cut = cut
  }

  /** Begins, or shortens the time of grace; resolves at the end. */
  begin(graceMs: number = Infinity): Promise<void> {
    checkNumbers('close', { graceMs }, { graceMs: { min: 0 } })
    this.hasBegun = true
    if (graceMs !== Infinity && !this.#isOver) {
      this.#timer?.cancel()
      this.#timer = this.#clock.setTimer(graceMs, this.#cut)
    }
    return this.#closed.promise
  }

  end(): void {
    this.#isOver = true
    this.#timer?.cancel()
    this.#closed.resolve()
  }
}
