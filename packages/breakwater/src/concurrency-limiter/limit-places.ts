import type { Clock } from '../clock/clock.ts'
import type { Criticality } from '../pipeline/call-context.ts'
import type { ConcurrencyLimiterSettings } from './concurrency-limiter-options.ts'
import { LimitQueue, type LimitWaiter } from './limit-queue.ts'
import { Partition } from './partition.ts'

/** All but `normal`. */
const special: readonly Criticality[] = ['critical', 'high', 'low']

/** The places of a limiter and who has them: one partition for all, or one for each criticality. */
export class LimitPlaces {
  active = 0
  queued = 0
  limit: number
  readonly #partitions: readonly Partition[]
  /** That of `normal`, and of all calls when there are no shares. */
  readonly #common: Partition
  readonly #special: ReadonlyMap<Criticality, Partition> | undefined
  readonly #isLastFirst: boolean

  constructor({ shares, order, maxWaitMs, bounds }: ConcurrencyLimiterSettings, clock: Clock) {
    const deadlines = clock.deadlines(maxWaitMs)
    this.#isLastFirst = order === 'lifo'
    const make = (criticality: Criticality): Partition =>
      new Partition(shares?.[criticality], new LimitQueue(deadlines, this.#isLastFirst))
    this.#common = make('normal')
    this.#special = shares && new Map(special.map((criticality) => [criticality, make(criticality)]))
    this.#partitions = [this.#common, ...(this.#special?.values() ?? [])]
    this.limit = bounds.initialLimit
    this.setLimit(bounds.initialLimit)
  }

  partitionOf(criticality: Criticality): Partition {
    return this.#special?.get(criticality) ?? this.#common
  }

  setLimit(limit: number): void {
    this.limit = limit
    for (const partition of this.#partitions) partition.reserve(limit)
  }

  /** Whether one more call of a partition may run. */
  hasRoom(partition: Partition): boolean {
    return this.active < this.limit || partition.active < partition.reserved
  }

  /** Who of those that wait may run now; nobody when there is no room for any. */
  next(): LimitWaiter | undefined {
    let best: LimitWaiter | undefined = undefined
    for (const partition of this.#partitions) {
      const head = partition.queue.head
      if (head !== undefined && this.hasRoom(partition) && this.#isBefore(head, best)) best = head
    }
    return best
  }

  #isBefore(waiter: LimitWaiter, best: LimitWaiter | undefined): boolean {
    if (best === undefined) return true
    return waiter.place.order < best.place.order !== this.#isLastFirst
  }
}
