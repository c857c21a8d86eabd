import type { Timer } from '../src/clock/clock.ts'
import type { DeadlineList } from '../src/clock/deadline-list.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'

/** A fake clock that counts what is asked of it. */
export class CountingClock extends FakeClock {
  #readings = 0
  #timers = 0

  /** Readings of the time, and timers and lists of deadlines made. */
  get counts(): { readonly readings: number; readonly timers: number } {
    return { readings: this.#readings, timers: this.#timers }
  }

  override now(): number {
    this.#readings++
    return super.now()
  }

  override coarseNow(): number {
    this.#readings++
    return super.coarseNow()
  }

  override setTimer(ms: number, callback: () => void): Timer {
    this.#timers++
    return super.setTimer(ms, callback)
  }

  override deadlines(ms: number): DeadlineList {
    this.#timers++
    return super.deadlines(ms)
  }
}
