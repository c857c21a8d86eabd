import type { Clock, Timer } from '../clock/clock.ts'

/** When the next report is due: the earlier of what is planned and what is asked for, within the spacing. */
export class ReportSchedule {
  readonly #clock: Clock
  readonly #spacingMs: number
  readonly #onDue: () => void
  #timer: Timer | undefined
  #dueAt = Infinity
  #reportedAt = -Infinity
  #isStopped = false

  constructor(clock: Clock, spacingMs: number, onDue: () => void) {
    this.#clock = clock
    this.#spacingMs = spacingMs
    this.#onDue = onDue
  }

  /** Asks for a report in `delayMs`; one that is due sooner stays, and `spacingMs` to the last one is kept. */
  ask(delayMs: number): void {
    const now = this.#clock.now()
    const dueAt = Math.max(now + delayMs, this.#reportedAt + this.#spacingMs)
    if (this.#isStopped || dueAt >= this.#dueAt) return
    this.#timer?.cancel()
    this.#dueAt = dueAt
    this.#timer = this.#clock.setTimer(dueAt - now, () => this.#fire(), { ref: false })
  }

  /** Says that a report was made now, on time or not. */
  reported(): void {
    this.#reportedAt = this.#clock.now()
  }

  /** No report is due any more. */
  stop(): void {
    this.#isStopped = true
    this.#timer?.cancel()
  }

  #fire(): void {
    this.#dueAt = Infinity
    this.#onDue()
  }
}
