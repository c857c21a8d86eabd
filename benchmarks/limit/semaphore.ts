/** What a call gets when all places and the queue are taken. */
export const bulkheadIsFull: Error = new Error('bulkhead full')

/** So many at once, so many waiting, in order of arrival. */
export class LimitSemaphore {
  readonly #queueLimit: number
  readonly #waiting: (() => void)[] = []
  #next = 0
  #free: number

  constructor(limit: number, queueLimit: number) {
    this.#free = limit
    this.#queueLimit = queueLimit
  }

  /** Takes a place if one is free. */
  tryTake(): boolean {
    if (this.#free === 0) return false
    this.#free--
    return true
  }

  /** Calls back with a place taken; false when the queue is full. */
  wait(taken: () => void): boolean {
    if (this.#waiting.length - this.#next >= this.#queueLimit) return false
    this.#waiting.push(taken)
    return true
  }

  /** Gives a place back: to who waited longest, if anybody does. */
  release(): void {
    if (this.#next === this.#waiting.length) {
      this.#free++
      return
    }
    const next = this.#waiting[this.#next++] as () => void
    if (this.#next === this.#waiting.length) {
      this.#waiting.length = 0
      this.#next = 0
    }
    next()
  }
}
