import type { Deadline, DeadlineTarget } from '../clock/deadline.ts'
import type { Held } from '../pipeline/held.ts'
import type { SlotSeeker } from './slot-seeker.ts'
import type { Tier } from './tier.ts'

/** Who is told that a waiting run leaves without a slot. */
export interface WaiterOwner {
  left(waiter: Waiter): void
  waitedTooLong(waiter: Waiter): void
}

/** One run's place among those who wait. */
export class Waiter implements Held, DeadlineTarget {
  readonly run: SlotSeeker
  readonly index: number
  /** When it began to wait, by the bulkhead's clock. */
  since = 0
  /** It does not wait any more. */
  hasLeft = false
  previous: Waiter | undefined = undefined
  next: Waiter | undefined = undefined
  readonly #owner: WaiterOwner

  constructor(owner: WaiterOwner, run: SlotSeeker, index: number) {
    this.#owner = owner
    this.run = run
    this.index = index
  }

  cut(): void {
    this.#owner.left(this)
  }

  deadlineReached(): void {
    this.#owner.waitedTooLong(this)
  }
}

/** A waiter of a bulkhead that looks at more than the order of arrival. */
export class RankedWaiter extends Waiter {
  /** 0 for critical calls, 3 for those of low criticality. */
  rank = 0
  /** The place in the order of arrival. */
  order = 0
  tier: Tier | undefined = undefined
  deadline: Deadline | undefined = undefined
}
