import type { Clock, Timer } from '../clock/clock.ts'
import type { Held } from '../pipeline/held.ts'

/** The wait between two attempts; whoever ends the call ends it. */
export class RetryWait implements Held {
  readonly #clock: Clock
  readonly #again: () => void
  #timer: Timer | undefined = undefined
  #leave: (() => void) | undefined = undefined
  #isOver = false

  constructor(clock: Clock, again: () => void) {
    this.#clock = clock
    this.#again = again
  }

  /** Whether it has ended. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** What to call when the wait is over, however it ends. */
  onEnd(leave: () => void): void {
    if (this.#isOver) return leave()
    const earlier = this.#leave
    this.#leave = earlier === undefined ? leave : () => (earlier(), leave())
  }

  /** Ends the wait after so many milliseconds, instead of when it would have ended. */
  endAfter(ms: number): void {
    if (this.#isOver) return
    this.#timer?.cancel()
    const end = (): void => {
      if (this.#close()) this.#again()
    }
    if (ms < 1) queueMicrotask(end)
    else this.#timer = this.#clock.setTimer(ms, end)
  }

  /** Ends the wait without another attempt; false when it was over. */
  giveUp(): boolean {
    return this.#close()
  }

  cut(): void {
    this.#close()
  }

  #close(): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    this.#timer?.cancel()
    this.#leave?.()
    return true
  }
}
