import type { Clock } from '../clock/clock.ts'
import type { Criticality } from '../pipeline/call-context.ts'
import type { ConcurrencyLimiterSettings } from './concurrency-limiter-options.ts'
import { LimitQueue, type LimitWaiter } from './limit-queue.ts'
import { Partition } from './partition.ts'

const criticalities: readonly Criticality[] = ['critical', 'high', 'normal', 'low']

/** The places of a limiter and who has them: one partition for all, or one for each criticality. */
export class LimitPlaces {
  active = 0
  queued = 0
  limit: number
  readonly #byCriticality = new Map<Criticality, Partition>()
  readonly #partitions: readonly Partition[]
  readonly #common: Partition
  readonly #isLastFirst: boolean

  constructor({ shares, order, maxWaitMs, bounds }: ConcurrencyLimiterSettings, clock: Clock) {
    const deadlines = clock.deadlines(maxWaitMs)
    this.#isLastFirst = order === 'lifo'
    const make = (criticality: Criticality): Partition =>
      new Partition(criticality, shares?.[criticality], new LimitQueue(deadlines, this.#isLastFirst))
    this.#common = make('normal')
    const others = shares === undefined ? [] : criticalities.filter((name) => name !== 'normal').map(make)
    this.#partitions = [this.#common, ...others]
    for (const partition of this.#partitions) this.#byCriticality.set(partition.criticality, partition)
    this.limit = bounds.initialLimit
    this.setLimit(bounds.initialLimit)
  }

  /** The partition of a call; that of `normal` when there are no shares. */
  partitionOf(criticality: Criticality | undefined): Partition {
    if (criticality === undefined || this.#partitions.length === 1) return this.#common
    return this.#byCriticality.get(criticality) ?? this.#common
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
