import { type Usage, type UsageTotals, UsageWindow } from './usage-window.ts'

/** Of how many calls the slot of one is timed; a power of two. */
const every = 64

const nobody: object = Object.freeze({})

/** Times the slot of every 64th call, so that timing costs the others nothing. */
export class UsageSampler {
  /** Whose slot is timed now. */
  holder: object = nobody
  #since = 0
  #window: UsageWindow | undefined = undefined

  /** Whether the next call is one whose slot is timed. */
  isDue(admitted: number): boolean {
    return (admitted & (every - 1)) === 0 && this.holder === nobody
  }

  begin(holder: object, now: number, totals: UsageTotals): void {
    this.holder = holder
    this.#since = now
    this.#windowAt(now, totals)
  }

  end(now: number): void {
    this.holder = nobody
    this.#window?.held(now - this.#since)
  }

  /** A call waited from `since` on and is let in. */
  waited(since: number, now: number, totals: UsageTotals): void {
    this.#windowAt(now, totals).waited(now - since)
  }

  read(now: number, totals: UsageTotals): Usage {
    return this.#windowAt(now, totals).read(now, totals)
  }

  #windowAt(now: number, totals: UsageTotals): UsageWindow {
    this.#window ??= new UsageWindow(now)
    this.#window.turn(now, totals)
    return this.#window
  }
}
