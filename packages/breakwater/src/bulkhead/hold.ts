import { Deadline, type DeadlineTarget } from '../clock/deadline.ts'
import type { Tier } from './tier.ts'

/** Who is told that a slot is held for too long. */
export interface HoldOwner {
  heldTooLong(hold: Hold): void
}

/** What is kept of a slot that is held; used again by the next call of the same place. */
export class Hold implements DeadlineTarget {
  tier: Tier | undefined = undefined
  isOverdue = false
  readonly deadline: Deadline
  readonly #owner: HoldOwner

  constructor(owner: HoldOwner) {
    this.#owner = owner
    this.deadline = new Deadline(this, 0)
  }

  deadlineReached(): void {
    this.isOverdue = true
    this.#owner.heldTooLong(this)
  }
}
