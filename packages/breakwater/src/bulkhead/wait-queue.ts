import type { WaitLine } from './wait-line.ts'
import type { Waiter } from './waiter.ts'

/** A first-in, first-out queue: adding, taking from either end and leaving from anywhere are O(1). */
export class WaitQueue implements WaitLine {
  #first: Waiter | undefined
  #last: Waiter | undefined

  /** Who has waited longest. */
  get first(): Waiter | undefined {
    return this.#first
  }

  get last(): Waiter | undefined {
    return this.#last
  }

  add(waiter: Waiter): void {
    waiter.previous = this.#last
    if (this.#last === undefined) this.#first = waiter
    else this.#last.next = waiter
    this.#last = waiter
  }

  /** Takes the run that has waited longest. */
  take(): Waiter | undefined {
    const first = this.#first
    if (first !== undefined) this.remove(first)
    return first
  }

  remove(waiter: Waiter): void {
    if (waiter.previous === undefined) this.#first = waiter.next
    else waiter.previous.next = waiter.next
    if (waiter.next === undefined) this.#last = waiter.previous
    else waiter.next.previous = waiter.previous
    waiter.previous = undefined
    waiter.next = undefined
  }

  victimFor(): undefined {
    return undefined
  }
}
