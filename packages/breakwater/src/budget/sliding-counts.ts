const slots = 10

/** Counts what happened in the last `windowMs`, in ten slots: O(1) in time and memory, whatever the idle gap. */
export class SlidingCounts {
  readonly #slotMs: number
  readonly #counts: Uint32Array = new Uint32Array(slots)
  #slot = 0
  #total = 0

  constructor(windowMs: number) {
    this.#slotMs = windowMs / slots
  }

  /** One more, at `now` in monotonic milliseconds. */
  add(now: number): void {
    this.#expire(now)
    const at = this.#slot % slots
    this.#counts[at] = (this.#counts[at] ?? 0) + 1
    this.#total++
  }

  /** How many there were in the window that ends at `now`. */
  total(now: number): number {
    this.#expire(now)
    return this.#total
  }

  #expire(now: number): void {
    const slot = Math.floor(now / this.#slotMs)
    const stale = Math.min(slot - this.#slot, slots)
    for (let i = 1; i <= stale; i++) {
      const at = (this.#slot + i) % slots
      this.#total -= this.#counts[at] ?? 0
      this.#counts[at] = 0
    }
    this.#slot = slot
  }
}
