import { gridCeil, gridFloor } from './grid-time.ts'
import type { Ledger, RateRule } from './ledger.ts'

/**
 * Token bucket and GCRA, which are one thing seen from two sides: a bucket of `burst` tokens that gains `limit` tokens in
 * `intervalMs` is full again at the *theoretical arrival time*, which each token taken moves `intervalMs / limit` on.
 *
 *     tokens   burst ─┐                 full at = base + spent × intervalMs / limit
 *                     └──┐        ╱╱    cost c may be taken from
 *              0         └──╱╱╱╱╱         base + (spent + c − burst) × intervalMs / limit
 *
 * Kept are a moment and a whole number, never a sum of fractions: a decision is off by no more than 1/1024 ms, and
 * errors do not add up.
 *
 * @see ITU-T I.371, Annex A (generic cell rate algorithm, virtual scheduling)
 */
export class EmissionLedger implements Ledger {
  #rule: RateRule
  #base = 0
  #spent = 0

  constructor(rule: RateRule) {
    this.#rule = rule
  }

  take(cost: number, now: number): boolean {
    this.#refill(now)
    if (this.#dueAt(cost) > now) return false
    this.#spent += cost
    this.#rebase()
    return true
  }

  waitMs(cost: number, now: number): number {
    this.#refill(now)
    return Math.max(0, this.#dueAt(cost) - now)
  }

  remaining(now: number): number {
    this.#refill(now)
    const { limit, intervalMs, burst } = this.#rule
    const guess = Math.floor(burst - this.#spent + ((now - this.#base) * limit) / intervalMs)
    const tokens = this.#dueAt(guess + 1) <= now ? guess + 1 : guess
    return Math.max(0, Math.min(burst, this.#dueAt(tokens) <= now ? tokens : tokens - 1))
  }

  isFresh(now: number): boolean {
    return this.#after(this.#spent) <= now
  }

  adopt(rule: RateRule, now: number): void {
    this.#refill(now)
    // As many tokens came back until now as before; what is rounded off, the bucket has later, not sooner.
    this.#base = now - gridFloor(((now - this.#base) * this.#rule.limit) / rule.limit)
    this.#rule = rule
    this.#rebase()
  }

  /** A full bucket has no past. */
  #refill(now: number): void {
    if (this.#after(this.#spent) > now) return
    this.#base = now
    this.#spent = 0
  }

  #dueAt(cost: number): number {
    return this.#after(this.#spent + cost - this.#rule.burst)
  }

  #after(tokens: number): number {
    const { limit, intervalMs } = this.#rule
    // Rounded before it is added: next to a large base a small part would be lost.
    return this.#base + gridCeil((tokens * intervalMs) / limit)
  }

  /** What takes whole intervals to come back is kept as time: the sum is exact, and `spent` stays small. */
  #rebase(): void {
    const { limit, intervalMs } = this.#rule
    if (this.#spent < limit) return
    const intervals = Math.floor(this.#spent / limit)
    this.#base += intervals * intervalMs
    this.#spent -= intervals * limit
  }
}
