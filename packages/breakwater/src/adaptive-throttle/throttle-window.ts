import type { Criticality } from '../pipeline/call-context.ts'

const slots = 12
/** What is shed first stands first. */
const ranks: Readonly<Record<Criticality, number>> = { low: 0, normal: 1, high: 2, critical: 3 }
/** How many ranks there are. */
export const rankCount = 4

/** The rank of a criticality: 0 is shed first, 3 last. */
export function rankOf(criticality: Criticality | undefined): number {
  return ranks[criticality ?? 'normal'] ?? ranks.normal
}

/** Requests by rank, and acceptances, of the last `windowMs`, in twelve slots: O(1) in time and memory, whatever the idle gap. */
export class ThrottleWindow {
  /** Requests in the window, made or shed. */
  requests = 0
  /** Those that the dependency accepted. */
  accepts = 0
  /** The requests of each rank. */
  readonly byRank: number[] = new Array<number>(rankCount).fill(0)
  readonly #slotMs: number
  readonly #requests = new Float64Array(slots * rankCount)
  readonly #accepts = new Float64Array(slots)
  #slot = 0

  constructor(windowMs: number) {
    this.#slotMs = windowMs / slots
  }

  /** One more request of a rank, accepted or not. */
  add(rank: number, isAccepted: boolean, now: number): void {
    this.expire(now)
    const at = this.#slot % slots
    const place = at * rankCount + rank
    this.#requests[place] = (this.#requests[place] ?? 0) + 1
    this.byRank[rank] = (this.byRank[rank] ?? 0) + 1
    this.requests++
    if (!isAccepted) return
    this.#accepts[at] = (this.#accepts[at] ?? 0) + 1
    this.accepts++
  }

  /** Forgets what is older than the window. */
  expire(now: number): void {
    const slot = Math.floor(now / this.#slotMs)
    if (slot <= this.#slot) return
    const stale = Math.min(slot - this.#slot, slots)
    for (let i = 1; i <= stale; i++) this.#clear((this.#slot + i) % slots)
    this.#slot = slot
  }

  #clear(at: number): void {
    this.accepts -= this.#accepts[at] ?? 0
    this.#accepts[at] = 0
    for (let rank = 0; rank < rankCount; rank++) {
      const count = this.#requests[at * rankCount + rank] ?? 0
      this.#requests[at * rankCount + rank] = 0
      this.requests -= count
      this.byRank[rank] = (this.byRank[rank] ?? 0) - count
    }
  }
}
