import { Deadline } from './deadline.ts'

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
export class DeadlineList {
  readonly durationMs: number
  /** For the host: whether it looks after this list already. */
  isWatched = false
  readonly #host: DeadlineHost
  /** Both ends: the first follows it, the last precedes it. */
  readonly #ring: Deadline = new Deadline({ deadlineReached: () => undefined }, 0)

  constructor(durationMs: number, host: DeadlineHost) {
    this.durationMs = durationMs
    this.#host = host
    this.#ring.previous = this.#ring
    this.#ring.next = this.#ring
  }

  /** True when no deadline is armed. */
  get isEmpty(): boolean {
    return this.#ring.next === this.#ring
  }

  /** When the earliest deadline falls due; Infinity when there is none. */
  get nextDue(): number {
    return this.#ring.next === undefined || this.isEmpty ? Infinity : this.#ring.next.due
  }

  /** Arms a deadline that is not armed: it falls due after the list's duration. */
  arm(deadline: Deadline): void {
    const ring = this.#ring
    const last = ring.previous as Deadline
    deadline.due = this.#host.deadlineTime() + this.durationMs
    deadline.previous = last
    deadline.next = ring
    last.next = deadline
    ring.previous = deadline
    if (last === ring) this.#host.deadlineArmed(this)
  }

  /** The time until a deadline of this list falls due; Infinity when it is not armed. */
  remainingMs(deadline: Deadline): number {
    return deadline.next === undefined ? Infinity : Math.max(0, deadline.due - this.#host.deadlineTime())
  }

  /** Fires what is due at `now`, earliest first. Targets may arm and cancel deadlines meanwhile. */
  expire(now: number): void {
    const ring = this.#ring
    let deadline = ring.next as Deadline
    while (deadline !== ring && deadline.due <= now) {
      deadline.cancel()
      deadline.target.deadlineReached(deadline.tag)
      deadline = ring.next as Deadline
    }
  }
}
