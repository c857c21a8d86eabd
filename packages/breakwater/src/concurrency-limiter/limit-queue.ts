import { Deadline, type DeadlineTarget } from '../clock/deadline.ts'
import type { DeadlineList } from '../clock/deadline-list.ts'
import type { Criticality } from '../pipeline/call-context.ts'
import type { Held } from '../pipeline/held.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'

/** Who is told that a waiting run was refused for having waited too long. */
export interface QueueOwner {
  waitedTooLong(waiter: LimitWaiter): void
  leftQueue(): void
}

/** What a run waits with. */
export interface WaitPlace {
  readonly run: RunHandle
  readonly index: number
  readonly queue: LimitQueue
  readonly criticality: Criticality
  readonly since: number
  /** The place in the order of arrival. */
  readonly order: number
}

/** One run's place in a queue. */
export class LimitWaiter implements Held, DeadlineTarget {
  readonly place: WaitPlace
  readonly deadline: Deadline
  previous: LimitWaiter | undefined = undefined
  next: LimitWaiter | undefined = undefined
  /** A listener that is told of it may end the call all the same. */
  #hasWaitedTooLong = false
  readonly #owner: QueueOwner

  constructor(place: WaitPlace, owner: QueueOwner) {
    this.place = place
    this.#owner = owner
    this.deadline = new Deadline(this, 0)
  }

  cut(): void {
    if (this.#hasWaitedTooLong) return
    this.place.queue.remove(this)
    this.#owner.leftQueue()
  }

  deadlineReached(): void {
    this.#hasWaitedTooLong = true
    this.place.queue.remove(this)
    this.#owner.waitedTooLong(this)
  }
}

/** The runs of one partition that wait. Adding, taking from either end and leaving from anywhere are O(1). */
export class LimitQueue {
  readonly #deadlines: DeadlineList
  readonly #isLastFirst: boolean
  #first: LimitWaiter | undefined = undefined
  #last: LimitWaiter | undefined = undefined

  constructor(deadlines: DeadlineList, isLastFirst: boolean) {
    this.#deadlines = deadlines
    this.#isLastFirst = isLastFirst
  }

  /** Who is next. */
  get head(): LimitWaiter | undefined {
    return this.#isLastFirst ? this.#last : this.#first
  }

  /** Puts a run at the end. */
  add(waiter: LimitWaiter): void {
    waiter.previous = this.#last
    if (this.#last === undefined) this.#first = waiter
    else this.#last.next = waiter
    this.#last = waiter
    this.#deadlines.arm(waiter.deadline)
  }

  /** Takes a run out, wherever it is. */
  remove(waiter: LimitWaiter): void {
    const { previous, next } = waiter
    if (previous === undefined) this.#first = next
    else previous.next = next
    if (next === undefined) this.#last = previous
    else next.previous = previous
    waiter.previous = undefined
    waiter.next = undefined
    waiter.deadline.cancel()
  }
}
