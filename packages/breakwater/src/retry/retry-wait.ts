import type { Timer } from '../clock/clock.ts'
import type { Held } from '../pipeline/held.ts'

/** The wait between two attempts; whoever ends the call ends it. */
export class RetryWait implements Held {
  timer: Timer | undefined = undefined
  isCut = false

  cut(): void {
    this.isCut = true
    this.timer?.cancel()
  }
}
