import { type Usage, type UsageTotals, UsageWindow } from './usage-window.ts'

const nobody: object = Object.freeze({})

/** What a bulkhead knows of its recent past; nothing is allocated before the first call. */
export class RecentUsage {
  /** Who holds the slot whose time is taken now. */
  timed: object = nobody
  #timedSince = 0
  #window: UsageWindow | undefined = undefined

  /** A slot was taken: its time is taken unless another's is. */
  beginHold(holder: object, now: number, totals: UsageTotals): void {
    if (this.timed !== nobody) return
    this.timed = holder
    this.#timedSince = now
    this.turn(now, totals)
  }

  /** The slot whose time is taken was given back. */
  endHold(now: number): void {
    this.timed = nobody
    this.#window?.held(now - this.#timedSince)
  }

  /** A call waited from `since` on and is let in. */
  waited(since: number, now: number, totals: UsageTotals): void {
    this.turn(now, totals).waited(now - since)
  }

  read(now: number, totals: UsageTotals): Usage {
    return this.turn(now, totals).read(now, totals)
  }

  /** The window for `now`. */
  turn(now: number, totals: UsageTotals): UsageWindow {
    this.#window ??= new UsageWindow(now)
    this.#window.turn(now, totals)
    return this.#window
  }
}
