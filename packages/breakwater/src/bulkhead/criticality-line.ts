import type { Criticality } from '../pipeline/call-context.ts'
import type { WaitLine } from './wait-line.ts'
import { WaitQueue } from './wait-queue.ts'
import type { RankedWaiter, Waiter } from './waiter.ts'

const ranks: Readonly<Record<Criticality, number>> = { critical: 0, high: 1, normal: 2, low: 3 }

/** A call's class: 0 is served first. What is not said is `normal`. */
export function rankOf(criticality: Criticality | undefined): number {
  return criticality === undefined ? ranks.normal : (ranks[criticality] ?? ranks.normal)
}

/**
 * Critical calls first, in order of arrival within a class. Who has waited longest of all is overtaken by at most
 * `maxOvertakes` others in a row, so that the n-th in the order of arrival has a slot after at most
 * n × (maxOvertakes + 1) that came free.
 */
export class CriticalityLine implements WaitLine {
  readonly #maxOvertakes: number
  readonly #classes: readonly WaitQueue[] = [0, 1, 2, 3].map(() => new WaitQueue())
  /** How often in a row somebody else than the oldest was taken. */
  #overtakes = 0

  constructor(maxOvertakes: number) {
    this.#maxOvertakes = maxOvertakes
  }

  /** The newest of the least critical. */
  get last(): Waiter | undefined {
    return this.#classes.findLast((queue) => queue.last !== undefined)?.last
  }

  add(waiter: Waiter): void {
    this.#classOf(waiter).add(waiter)
  }

  take(): Waiter | undefined {
    const best = this.#classes.find((queue) => queue.first !== undefined)?.first
    if (best === undefined) return undefined
    const oldest = this.#oldest(best as RankedWaiter)
    const next = this.#overtakes >= this.#maxOvertakes ? oldest : best
    this.#overtakes = next === oldest ? 0 : this.#overtakes + 1
    this.remove(next)
    return next
  }

  remove(waiter: Waiter): void {
    this.#classOf(waiter).remove(waiter)
  }

  /** A call makes room only for one that is more critical. */
  victimFor(newcomer: RankedWaiter): Waiter | undefined {
    const last = this.last as RankedWaiter | undefined
    return last !== undefined && last.rank > newcomer.rank ? last : undefined
  }

  #oldest(best: RankedWaiter): RankedWaiter {
    let oldest = best
    for (const { first } of this.#classes) {
      if (first !== undefined && (first as RankedWaiter).order < oldest.order) oldest = first as RankedWaiter
    }
    return oldest
  }

  #classOf(waiter: Waiter): WaitQueue {
    return this.#classes[(waiter as RankedWaiter).rank] as WaitQueue
  }
}
