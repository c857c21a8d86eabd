import type { Held } from '../pipeline/held.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'

/** Who is told that a waiting run leaves. */
export interface LineOwner {
  leave(waiter: RateWaiter): void
}

/** What a run waits for. */
export interface WaitRequest {
  readonly run: RunHandle
  readonly index: number
  readonly cost: number
  /** When it is refused if it still waits. */
  readonly until: number
}

/** One run's place in the line of a key. */
export class RateWaiter implements Held {
  readonly request: WaitRequest
  previous: RateWaiter | undefined = undefined
  next: RateWaiter | undefined = undefined
  hasLeft = false
  readonly #owner: LineOwner

  constructor(request: WaitRequest, owner: LineOwner) {
    this.request = request
    this.#owner = owner
  }

  cut(): void {
    if (!this.hasLeft) this.#owner.leave(this)
  }
}

/** The runs of one key that wait, in order of arrival. Adding, taking and leaving from anywhere are O(1). */
export class WaitLine {
  #first: RateWaiter | undefined = undefined
  #last: RateWaiter | undefined = undefined
  #cost = 0

  /** Who is next. */
  get first(): RateWaiter | undefined {
    return this.#first
  }

  /** What all who wait will take. */
  get cost(): number {
    return this.#cost
  }

  /** Puts a run at the end. */
  add(waiter: RateWaiter): void {
    waiter.previous = this.#last
    if (this.#last === undefined) this.#first = waiter
    else this.#last.next = waiter
    this.#last = waiter
    this.#cost += waiter.request.cost
  }

  /** Takes a run out, wherever it is. */
  remove(waiter: RateWaiter): void {
    const { previous, next } = waiter
    if (previous === undefined) this.#first = next
    else previous.next = next
    if (next === undefined) this.#last = previous
    else next.previous = previous
    waiter.previous = undefined
    waiter.next = undefined
    waiter.hasLeft = true
    this.#cost -= waiter.request.cost
  }
}
