import type { LimitQueue } from './limit-queue.ts'

/** The calls of one criticality, or all when there are no shares. */
export class Partition {
  readonly queue: LimitQueue
  readonly #share: number | undefined
  /** Calls that run. */
  active = 0
  /** How many may run although the limit of all is reached. */
  reserved = 0

  constructor(share: number | undefined, queue: LimitQueue) {
    this.queue = queue
    this.#share = share
  }

  /** A share is at least one call; together they may be a little more than the limit. */
  reserve(limit: number): void {
    if (this.#share !== undefined) this.reserved = Math.max(1, Math.ceil(limit * this.#share))
  }
}
