/** In how many steps a window of time moves on. */
export const slotCount = 10
/** Calls, failures and slow calls of one slot lie side by side. */
const columns = 3

/** Calls, failures and slow calls of one slot. */
export type SlotCounts = readonly [calls: number, failures: number, slowCalls: number]

/** The slots of a window that are complete. Made with the second slot that holds something, and dropped when none does. */
export class OlderSlots {
  calls = 0
  failures = 0
  slowCalls = 0
  readonly #counts: number[] = new Array<number>(slotCount * columns).fill(0)

  /** Puts a slot in its place; what was there has been cleared. */
  put(slot: number, [calls, failures, slowCalls]: SlotCounts): void {
    const at = (slot % slotCount) * columns
    this.#counts[at] = calls
    this.#counts[at + 1] = failures
    this.#counts[at + 2] = slowCalls
    this.calls += calls
    this.failures += failures
    this.slowCalls += slowCalls
  }

  /** Forgets one slot. */
  clear(slot: number): void {
    const at = (slot % slotCount) * columns
    const counts = this.#counts
    this.calls -= counts[at] ?? 0
    this.failures -= counts[at + 1] ?? 0
    this.slowCalls -= counts[at + 2] ?? 0
    counts.fill(0, at, at + columns)
  }

  /** Calls, failures and slow calls of one slot. */
  read(slot: number): SlotCounts {
    const at = (slot % slotCount) * columns
    const counts = this.#counts
    return [counts[at] ?? 0, counts[at + 1] ?? 0, counts[at + 2] ?? 0]
  }
}
