import type { WaitLine } from './wait-line.ts'
import { WaitQueue } from './wait-queue.ts'
import type { Waiter } from './waiter.ts'

/** Last in, first out: under overload the newest call is the one whose caller most likely still waits. */
export class WaitStack implements WaitLine {
  readonly #queue = new WaitQueue()

  get last(): Waiter | undefined {
    return this.#queue.last
  }

  add(waiter: Waiter): void {
    this.#queue.add(waiter)
  }

  take(): Waiter | undefined {
    const { last } = this.#queue
    if (last !== undefined) this.#queue.remove(last)
    return last
  }

  remove(waiter: Waiter): void {
    this.#queue.remove(waiter)
  }

  victimFor(): undefined {
    return undefined
  }
}
