const slots = 10

/**
 * Successes and failures of the last `windowMs`, in ten slots. Counting is O(1) and allocates nothing; what is
 * older than the window is gone whatever happened, or did not happen, in between.
 */
export class OutcomeWindow {
  readonly #slotMs: number
  readonly #successesBySlot: Uint32Array = new Uint32Array(slots)
  readonly #failuresBySlot: Uint32Array = new Uint32Array(slots)
  #slot = -1
  /** Where the current slot lies in the arrays. */
  #at = 0
  /** When it ends: until then nothing expires, and no division is needed to know. */
  #endsAt = -Infinity
  #successes = 0
  #failures = 0

  constructor(windowMs: number) {
    this.#slotMs = windowMs / slots
  }

  /** Failures in the window as of the last `succeed`, `fail` or `expire`. */
  get failures(): number {
    return this.#failures
  }

  /** Calls in the window as of the last `succeed`, `fail` or `expire`. */
  get calls(): number {
    return this.#successes + this.#failures
  }

  /** Counts a success at `now`, monotonic milliseconds. */
  succeed(now: number): void {
    if (now >= this.#endsAt) this.expire(now)
    const counts = this.#successesBySlot
    counts[this.#at] = (counts[this.#at] ?? 0) + 1
    this.#successes++
  }

  /** Counts a failure at `now`. */
  fail(now: number): void {
    if (now >= this.#endsAt) this.expire(now)
    const counts = this.#failuresBySlot
    counts[this.#at] = (counts[this.#at] ?? 0) + 1
    this.#failures++
  }

  /** Forgets what is older than the window that ends at `now`. */
  expire(now: number): void {
    const slot = Math.floor(now / this.#slotMs)
    if (slot <= this.#slot) return
    const stale = Math.min(slot - this.#slot, slots)
    for (let i = 1; i <= stale; i++) this.#clear((this.#slot + i) % slots)
    this.#slot = slot
    this.#at = slot % slots
    this.#endsAt = (slot + 1) * this.#slotMs
  }

  #clear(at: number): void {
    this.#successes -= this.#successesBySlot[at] ?? 0
    this.#failures -= this.#failuresBySlot[at] ?? 0
    this.#successesBySlot[at] = 0
    this.#failuresBySlot[at] = 0
  }
}
