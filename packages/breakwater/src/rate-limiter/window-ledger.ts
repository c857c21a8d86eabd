import type { Ledger, RateRule } from './ledger.ts'

/** Parts of an interval that are told apart. */
const slots = 10
/** What is kept of a slot: when its first and its last cost was taken, and the sum. */
const fields = 3
/** The most slots that can count at once, and one for rounding. */
const mostSlots = slots + 2

/**
 * A sliding window that is never wrong upward: in no span of `intervalMs`, wherever it starts, is more than `limit` taken.
 *
 * Costs that are taken within a tenth of the interval share one slot, which counts until the interval has passed since its
 * *last* cost. So each cost counts for the interval and less than a tenth of it more: a burst is counted to the moment, as a
 * log of all calls would, and an even stream is held to at least 10/11 of the limit. Eleven slots at most: O(1).
 *
 * The usual counter of two windows, the older one weighted, lets up to 2 × limit − 1 through in one interval.
 */
export class WindowLedger implements Ledger {
  #rule: RateRule
  readonly #slotMs: number
  /** Oldest slot first. */
  #slots: number[] = []
  #total = 0

  constructor(rule: RateRule) {
    this.#rule = rule
    this.#slotMs = rule.intervalMs / slots
  }

  take(cost: number, now: number): boolean {
    this.#expire(now)
    if (this.#total + cost > this.#rule.limit) return false
    this.#total += cost
    this.#record(cost, now)
    return true
  }

  waitMs(cost: number, now: number): number {
    this.#expire(now)
    const { limit, intervalMs } = this.#rule
    // Beyond the limit every unit follows, an interval later, the one that is `limit` before it.
    const rounds = Math.ceil(Math.max(0, cost - limit) / limit)
    return rounds * intervalMs + this.#waitWithin(cost - rounds * limit, now)
  }

  remaining(now: number): number {
    this.#expire(now)
    return Math.max(0, this.#rule.limit - this.#total)
  }

  isFresh(now: number): boolean {
    this.#expire(now)
    return this.#total === 0
  }

  adopt(rule: RateRule): void {
    this.#rule = rule
  }

  #waitWithin(cost: number, now: number): number {
    const { limit, intervalMs } = this.#rule
    let free = limit - this.#total
    if (free >= cost) return 0
    let at = 0
    while (free < cost && at < this.#slots.length) {
      free += this.#slots[at + 2] ?? 0
      at += fields
    }
    return (this.#slots[at - fields + 1] ?? now) + intervalMs - now
  }

  #record(cost: number, now: number): void {
    const list = this.#slots
    const newest = list.length - fields
    const first = list[newest]
    // A list that grows by itself has room for many from the start: most keys are called once.
    if (first === undefined) this.#slots = [now, now, cost]
    else if (now - first >= this.#slotMs && list.length < mostSlots * fields) list.push(now, now, cost)
    else {
      list[newest + 1] = now
      list[newest + 2] = (list[newest + 2] ?? 0) + cost
    }
  }

  #expire(now: number): void {
    const list = this.#slots
    let gone = 0
    while (gone < list.length && (list[gone + 1] ?? 0) + this.#rule.intervalMs <= now) {
      this.#total -= list[gone + 2] ?? 0
      gone += fields
    }
    if (gone === 0) return
    list.copyWithin(0, gone)
    list.length -= gone
  }
}
