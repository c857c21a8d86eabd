import type { Clock, Timer } from '../clock/clock.ts'
import type { Held } from '../pipeline/held.ts'

/** The wait between two attempts; whoever ends the call ends it. */
export class RetryWait implements Held {
  /** Whether it has ended. */
  isOver = false
  readonly #clock: Clock
  readonly #again: () => void
  readonly #leaves: (() => void)[] = []
  #timer: Timer | undefined = undefined

  constructor(clock: Clock, again: () => void) {
    this.#clock = clock
    this.#again = again
  }

  /** What to call when the wait is over, however it ends. */
  onEnd(leave: () => void): void {
    if (this.isOver) leave()
    else this.#leaves.push(leave)
  }

  /** Ends the wait after so many milliseconds, instead of when it would have ended. */
  endAfter(ms: number): void {
    if (this.isOver) return
    this.#timer?.cancel()
    const end = (): void => {
      if (this.cut()) this.#again()
    }
    // Node's `queueMicrotask` makes a resource for each callback, which takes longer than all the rest of a retry.
    if (ms < 1) void Promise.resolve().then(end)
    else this.#timer = this.#clock.setTimer(ms, end)
  }

  /** Ends the wait without another attempt; false when it was over. */
  cut(): boolean {
    if (this.isOver) return false
    this.isOver = true
    this.#timer?.cancel()
    for (const leave of this.#leaves) leave()
    return true
  }
}
