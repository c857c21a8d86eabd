import type { Deadline, DeadlineOwner } from './deadline.ts'

/** The clock behind a list. */
export interface DeadlineHost {
  /** The time from which a deadline that is armed now counts. */
  deadlineTime(): number
  /** The list has a deadline after it had none: see to it that `expire` is called in time. */
  deadlineArmed(list: DeadlineList): void
}

/**
 * The armed deadlines of one duration, in order of arming and therefore of falling due: arming, cancelling and
 * finding the next are O(1) and allocate nothing.
 *
 * @see Varghese and Lauck, "Hashed and Hierarchical Timing Wheels" (1987), scheme 1 with equal intervals
 */
export class DeadlineList implements DeadlineOwner {
  readonly durationMs: number
  /** For the host: whether it looks after this list already. */
  isWatched = false
  readonly #host: DeadlineHost
  #first: Deadline | undefined = undefined
  #last: Deadline | undefined = undefined

  constructor(durationMs: number, host: DeadlineHost) {
    this.durationMs = durationMs
    this.#host = host
  }

  /** True when no deadline is armed. */
  get isEmpty(): boolean {
    return this.#first === undefined
  }

  /** When the earliest deadline falls due; Infinity when there is none. */
  get nextDue(): number {
    return this.#first?.due ?? Infinity
  }

  /** Arms a deadline that is not armed: it falls due after the list's duration. */
  arm(deadline: Deadline): void {
    deadline.due = this.#host.deadlineTime() + this.durationMs
    deadline.list = this
    const last = this.#last
    deadline.previous = last
    this.#last = deadline
    if (last !== undefined) {
      last.next = deadline
      return
    }
    this.#first = deadline
    this.#host.deadlineArmed(this)
  }

  /** Takes a deadline out. */
  remove(deadline: Deadline): void {
    const { previous, next } = deadline
    if (previous === undefined) this.#first = next
    else previous.next = next
    if (next === undefined) this.#last = previous
    else next.previous = previous
    deadline.list = undefined
    deadline.previous = undefined
    deadline.next = undefined
  }

  /** Fires what is due at `now`, earliest first. Targets may arm and cancel deadlines meanwhile. */
  expire(now: number): void {
    let deadline = this.#first
    while (deadline !== undefined && deadline.due <= now) {
      this.remove(deadline)
      deadline.target.deadlineReached(deadline.tag)
      deadline = this.#first
    }
  }
}
