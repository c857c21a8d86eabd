import { Tier } from './tier.ts'
import type { WaitLine } from './wait-line.ts'
import type { RankedWaiter, Waiter } from './waiter.ts'

/** What a {@link TierLine} is made with. */
export interface TierLineParts {
  readonly shares: Readonly<Record<string, number>>
  /** How many may wait, all tiers together. */
  readonly queue: number
  readonly makeLine: () => WaitLine
}

/**
 * Those who wait, by tier. A slot that comes free goes to the waiting tier that holds the least in proportion to its
 * share: so a tier has its share back one freed slot after the other, before any tier takes more than its own, and what
 * nobody waits for is lent. Places in the queue are lent and given back in the same way.
 */
export class TierLine implements WaitLine {
  readonly tiers: readonly Tier[]
  readonly #queue: number
  readonly #lines: readonly WaitLine[]

  constructor({ shares, queue, makeLine }: TierLineParts) {
    this.tiers = Object.entries(shares).map(([name, share], i) => new Tier(name, share, i))
    this.#lines = this.tiers.map(makeLine)
    this.#queue = queue
  }

  /** The newest of the tier that has the most places in proportion to its share. */
  get last(): Waiter | undefined {
    let most: Tier | undefined = undefined
    for (const tier of this.tiers) {
      if (tier.queued > 0 && (most === undefined || tier.queued * most.share > most.queued * tier.share))
        most = tier
    }
    return most === undefined ? undefined : this.#lineOf(most).last
  }

  add(waiter: Waiter): void {
    const { tier } = waiter as RankedWaiter
    if (tier === undefined) return
    tier.queued++
    this.#lineOf(tier).add(waiter)
  }

  take(): Waiter | undefined {
    let least: Tier | undefined = undefined
    for (const tier of this.tiers) {
      if (tier.queued > 0 && (least === undefined || tier.active * least.share < least.active * tier.share))
        least = tier
    }
    if (least === undefined) return undefined
    const waiter = this.#lineOf(least).take()
    if (waiter !== undefined) least.queued--
    return waiter
  }

  remove(waiter: Waiter): void {
    const { tier } = waiter as RankedWaiter
    if (tier === undefined) return
    tier.queued--
    this.#lineOf(tier).remove(waiter)
  }

  /** A tier that has not its share of places takes one back; otherwise its own calls are asked. */
  victimFor(newcomer: RankedWaiter): Waiter | undefined {
    const { tier } = newcomer
    if (tier === undefined) return undefined
    const victim = this.#lineOf(tier).victimFor(newcomer)
    if (victim !== undefined || tier.queued + 1 > this.#queue * tier.share) return victim
    return this.last
  }

  #lineOf(tier: Tier): WaitLine {
    return this.#lines[tier.index] as WaitLine
  }
}
