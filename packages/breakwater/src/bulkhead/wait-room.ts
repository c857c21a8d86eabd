import type { Clock } from '../clock/clock.ts'
import { Deadline } from '../clock/deadline.ts'
import type { BulkheadRefusal } from './bulkhead-errors.ts'
import type { ResolvedBulkheadOptions } from './bulkhead-options.ts'
import { rankOf } from './criticality-line.ts'
import type { Hold } from './hold.ts'
import type { LineOwner } from './line-owner.ts'
import { makeLine } from './make-line.ts'
import type { SlotSeeker } from './slot-seeker.ts'
import type { Tier } from './tier.ts'
import { TierLine } from './tier-line.ts'
import type { WaitLine } from './wait-line.ts'
import { RankedWaiter, Waiter, type WaiterOwner } from './waiter.ts'

/** The bulkhead, as its waiting room sees it. */
export interface WaitRoomHost {
  readonly clock: Clock
  /** A run has to go without a slot; it is out of the room already. */
  turnedAway(waiter: Waiter, reason: BulkheadRefusal): void
}

/** Those who wait for a slot of a bulkhead. */
export class WaitRoom implements WaiterOwner, LineOwner {
  queued = 0
  /** It looks at more than the order of arrival. */
  readonly isRanked: boolean
  /** It decides by how long somebody has waited; elsewhere a tick more or less does no harm. */
  readonly #isTimed: boolean
  readonly #places: number
  readonly #maxWaitMs: number
  readonly #host: WaitRoomHost
  readonly #line: WaitLine
  #arrivals = 0

  constructor(options: ResolvedBulkheadOptions, host: WaitRoomHost) {
    const { order, tiers, maxWaitMs } = options
    this.isRanked = order === 'criticality' || tiers !== undefined || maxWaitMs !== Infinity
    this.#isTimed = order === 'codel' || maxWaitMs !== Infinity
    this.#places = options.queue
    this.#maxWaitMs = maxWaitMs
    this.#host = host
    this.#line = makeLine(options, this)
  }

  get clock(): Clock {
    return this.#host.clock
  }

  get hasPlace(): boolean {
    return this.queued < this.#places
  }

  get tiers(): readonly Tier[] {
    return this.#line instanceof TierLine ? this.#line.tiers : []
  }

  /** Lets a run wait at level `index`. */
  add(run: SlotSeeker, index: number): void {
    const waiter = this.isRanked ? this.#ranked(run, index) : new Waiter(this, run, index)
    const { clock } = this.#host
    waiter.since = this.#isTimed ? clock.now() : clock.coarseNow()
    this.#line.add(waiter)
    this.queued++
    run.hold(waiter)
    if (this.#maxWaitMs === Infinity) return
    const deadline = new Deadline(waiter, 0)
    ;(waiter as RankedWaiter).deadline = deadline
    this.#host.clock.deadlines(this.#maxWaitMs).arm(deadline)
  }

  /** With the room full: turns somebody away for a run with the better right, if there is one. May call user code. */
  makeRoomFor(run: SlotSeeker, index: number): void {
    const victim = this.#line.victimFor(this.#ranked(run, index))
    if (victim === undefined) return
    this.left(victim)
    this.#host.turnedAway(victim, 'displaced')
  }

  /** Who is let in next. */
  take(): Waiter | undefined {
    const waiter = this.#line.take()
    if (waiter !== undefined) this.#gone(waiter)
    return waiter
  }

  left(waiter: Waiter): void {
    if (waiter.hasLeft) return
    this.#line.remove(waiter)
    this.#gone(waiter)
  }

  waitedTooLong(waiter: Waiter): void {
    this.left(waiter)
    this.#host.turnedAway(waiter, 'waited')
  }

  drop(waiter: Waiter): void {
    this.#gone(waiter)
    this.#host.turnedAway(waiter, 'delayed')
  }

  #gone(waiter: Waiter): void {
    this.queued--
    waiter.hasLeft = true
    if (this.isRanked) (waiter as RankedWaiter).deadline?.cancel()
  }

  #ranked(run: SlotSeeker, index: number): RankedWaiter {
    const waiter = new RankedWaiter(this, run, index)
    waiter.rank = rankOf(run.call.options?.criticality)
    waiter.order = this.#arrivals++
    waiter.tier = (run.permits[index] as Hold | undefined)?.tier
    return waiter
  }
}
