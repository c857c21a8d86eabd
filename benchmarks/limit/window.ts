const slots = 10

/** Successes and failures of the last `windowMs`, in ten slots of a typed array. */
export class LimitWindow {
  readonly #slotMs: number
  readonly #counts: Uint32Array = new Uint32Array(2 * slots)
  #slot = 0
  #at = 0
  /** So that time is divided only when a slot ends. */
  #slotEnd = 0
  successes = 0
  failures = 0

  constructor(windowMs: number) {
    this.#slotMs = windowMs / slots
  }

  /** Counts an outcome at `now`. */
  add(isSuccess: boolean, now: number): void {
    if (now >= this.#slotEnd) this.#expire(Math.floor(now / this.#slotMs))
    const at = isSuccess ? this.#at : this.#at + 1
    this.#counts[at] = (this.#counts[at] as number) + 1
    if (isSuccess) this.successes++
    else this.failures++
  }

  #expire(slot: number): void {
    const stale = Math.min(slot - this.#slot, slots)
    for (let i = 0; i < stale; i++) {
      const at = 2 * ((slot - i) % slots)
      this.successes -= this.#counts[at] ?? 0
      this.failures -= this.#counts[at + 1] ?? 0
      this.#counts[at] = 0
      this.#counts[at + 1] = 0
    }
    this.#slot = slot
    this.#at = 2 * (slot % slots)
    this.#slotEnd = (slot + 1) * this.#slotMs
  }
}
