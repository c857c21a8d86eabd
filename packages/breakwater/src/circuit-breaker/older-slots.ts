/** In how many steps a window of time moves on. */
export const slotCount = 10
/** The slot's number, its calls, failures and slow calls lie side by side. */
const columns = 4

/** Calls, failures and slow calls of one slot. */
export type SlotCounts = readonly [calls: number, failures: number, slowCalls: number]

/**
 * The complete slots of a window that hold something, oldest first; at most nine. Made with the first such slot, and dropped
 * when none is left. Nothing here is done more often than once a slot.
 */
export class OlderSlots {
  calls = 0
  failures = 0
  slowCalls = 0
  #slots: readonly number[] = []

  /** Adds to a slot. */
  add(slot: number, [calls, failures, slowCalls]: SlotCounts): void {
    const [c, f, s] = this.read(slot)
    const others = this.#without(slot)
    const later = others.findIndex((value, at) => at % columns === 0 && value > slot)
    const place = later < 0 ? others.length : later
    const entry = [slot, c + calls, f + failures, s + slowCalls]
    // `concat` makes an array that is no longer than it has to be.
    this.#slots = others.slice(0, place).concat(entry, others.slice(place))
    this.calls += calls
    this.failures += failures
    this.slowCalls += slowCalls
  }

  /** Forgets the slots before one. */
  forgetBefore(slot: number): void {
    for (let [oldest = Infinity] = this.#slots; oldest < slot; [oldest = Infinity] = this.#slots) {
      const [calls, failures, slowCalls] = this.read(oldest)
      this.calls -= calls
      this.failures -= failures
      this.slowCalls -= slowCalls
      this.#slots = this.#slots.slice(columns)
    }
  }

  /** Calls, failures and slow calls of one slot. */
  read(slot: number): SlotCounts {
    const at = this.#slots.findIndex((value, index) => index % columns === 0 && value === slot)
    if (at < 0) return [0, 0, 0]
    return [this.#slots[at + 1] ?? 0, this.#slots[at + 2] ?? 0, this.#slots[at + 3] ?? 0]
  }

  #without(slot: number): readonly number[] {
    const at = this.#slots.findIndex((value, index) => index % columns === 0 && value === slot)
    return at < 0 ? this.#slots : [...this.#slots.slice(0, at), ...this.#slots.slice(at + columns)]
  }
}
