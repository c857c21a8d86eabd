import { type Usage, type UsageTotals, UsageWindow } from './usage-window.ts'

/** What a bulkhead knows of its recent past; nothing is allocated before the first call. */
export class RecentUsage {
  #window: UsageWindow | undefined = undefined

  /** A slot whose time is taken was given back. */
  held(since: number, now: number): void {
    this.#window?.held(now - since)
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
