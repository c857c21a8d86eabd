import type { LineOwner } from './line-owner.ts'
import type { WaitLine } from './wait-line.ts'
import { WaitQueue } from './wait-queue.ts'
import type { Waiter } from './waiter.ts'

/** The two numbers of controlled delay. */
export interface CodelTimes {
  /** A wait that is fine. */
  readonly targetMs: number
  /** How long the oldest must have waited longer than that before the line counts as a standing one. */
  readonly intervalMs: number
}

/**
 * Controlled delay with adaptive order. While the line runs empty now and then, or its oldest waits no longer than the
 * target, it is first in, first out. Once each slot that came free for a whole interval found an oldest waiter above the
 * target, the line is a standing one: the newest go first, and who has waited for more than twice the target is dropped.
 *
 *     ┌──────┐ oldest > target at each take for intervalMs  ┌──────────┐
 *     │ fifo │ ───────────────────────────────────────────▶ │ standing │ newest first, older than
 *     └──────┘ ◀─────────────────────────────────────────── └──────────┘ 2 × target dropped
 *               oldest ≤ target at a take, or the line ran empty
 *
 * A free slot is never left idle while somebody waits: the newest is served however long it has waited.
 *
 * @see Nichols and Jacobson, "Controlling Queue Delay", ACM Queue 10 (2012), for `first_above_time`
 * @see Maurer, "Fail at Scale", ACM Queue 13 (2015), for the form that suits request queues
 */
export class CodelLine implements WaitLine {
  readonly #times: CodelTimes
  readonly #owner: LineOwner
  readonly #queue = new WaitQueue()
  /** Since when the oldest was above the target at each look. */
  #aboveSince: number | undefined = undefined

  constructor(times: CodelTimes, owner: LineOwner) {
    this.#times = times
    this.#owner = owner
  }

  get last(): Waiter | undefined {
    return this.#queue.last
  }

  add(waiter: Waiter): void {
    if (this.#queue.first === undefined) this.#aboveSince = undefined
    this.#queue.add(waiter)
  }

  take(): Waiter | undefined {
    const oldest = this.#queue.first
    if (oldest === undefined) return undefined
    const now = this.#owner.clock.now()
    if (!this.#isStanding(now - oldest.since, now)) return this.#queue.take()
    this.#dropOld(now - 2 * this.#times.targetMs)
    const newest = this.#queue.last
    if (newest !== undefined) this.#queue.remove(newest)
    return newest
  }

  remove(waiter: Waiter): void {
    this.#queue.remove(waiter)
  }

  victimFor(): undefined {
    return undefined
  }

  #isStanding(oldestMs: number, now: number): boolean {
    if (oldestMs <= this.#times.targetMs) {
      this.#aboveSince = undefined
      return false
    }
    this.#aboveSince ??= now
    return now - this.#aboveSince >= this.#times.intervalMs
  }

  /** Who is told may call back in: the ends of the line are looked at again each time, and the newest is taken last. */
  #dropOld(before: number): void {
    let oldest = this.#queue.first
    while (oldest !== undefined && oldest !== this.#queue.last && oldest.since < before) {
      this.#queue.remove(oldest)
      this.#owner.drop(oldest)
      oldest = this.#queue.first
    }
  }
}
