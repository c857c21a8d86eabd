import type { Held } from '../pipeline/held.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'

/** One run's place in a queue. */
export class Waiter implements Held {
  readonly run: RunHandle
  readonly index: number
  previous: Waiter | undefined = undefined
  next: Waiter | undefined = undefined
  readonly #queue: WaitQueue

  constructor(queue: WaitQueue, run: RunHandle, index: number) {
    this.#queue = queue
    this.run = run
    this.index = index
  }

  cut(): void {
    this.#queue.remove(this)
  }
}

/** A first-in, first-out queue: adding, taking and leaving from anywhere are O(1). */
export class WaitQueue {
  #first: Waiter | undefined
  #last: Waiter | undefined
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Puts a run at the end. */
  add(run: RunHandle, index: number): Waiter {
    const waiter = new Waiter(this, run, index)
    waiter.previous = this.#last
    if (this.#last === undefined) this.#first = waiter
    else this.#last.next = waiter
    this.#last = waiter
    this.#length++
    return waiter
  }

  /** Takes the run that has waited longest. */
  take(): Waiter | undefined {
    const first = this.#first
    if (first !== undefined) this.remove(first)
    return first
  }

  /** Takes a run out, wherever it is. */
  remove(waiter: Waiter): void {
    if (waiter.previous === undefined) this.#first = waiter.next
    else waiter.previous.next = waiter.next
    if (waiter.next === undefined) this.#last = waiter.previous
    else waiter.next.previous = waiter.previous
    waiter.previous = undefined
    waiter.next = undefined
    this.#length--
  }
}
