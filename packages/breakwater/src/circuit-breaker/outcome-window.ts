const slots = 10

/**
 * Successes and failures of the last `windowMs`, in ten slots. Recording is O(1) and allocates nothing; what is
 * older than the window is gone whatever happened, or did not happen, in between.
 */
export class OutcomeWindow {
  readonly #slotMs: number
  /** Successes at 2·slot, failures at 2·slot + 1. */
  readonly #counts: Uint32Array = new Uint32Array(2 * slots)
  #slot = -1
  #successes = 0
  #failures = 0

  constructor(windowMs: number) {
    this.#slotMs = windowMs / slots
  }

  /** Failures in the window as of the last `record` or `expire`. */
  get failures(): number {
    return this.#failures
  }

  /** Calls in the window as of the last `record` or `expire`. */
  get calls(): number {
    return this.#successes + this.#failures
  }

  /** Counts one call at `now`, monotonic milliseconds. */
  record(now: number, isFailure: boolean): void {
    this.expire(now)
    const at = (this.#slot % slots) * 2
    if (isFailure) {
      this.#counts[at + 1] = (this.#counts[at + 1] ?? 0) + 1
      this.#failures++
      return
    }
    this.#counts[at] = (this.#counts[at] ?? 0) + 1
    this.#successes++
  }

  /** Forgets what is older than the window that ends at `now`. */
  expire(now: number): void {
    const slot = Math.floor(now / this.#slotMs)
    if (slot <= this.#slot) return
    const stale = Math.min(slot - this.#slot, slots)
    for (let i = 1; i <= stale; i++) this.#clear(((this.#slot + i) % slots) * 2)
    this.#slot = slot
  }

  #clear(at: number): void {
    this.#successes -= this.#counts[at] ?? 0
    this.#failures -= this.#counts[at + 1] ?? 0
    this.#counts[at] = 0
    this.#counts[at + 1] = 0
  }
}
