import type { Timer } from '../clock/clock.ts'
import type { Ledger } from './ledger.ts'
import type { LineOwner, RateWaiter } from './wait-line.ts'
import { WaitLine } from './wait-line.ts'

/** Who is told that a run leaves the line of a key. */
export interface KeyOwner {
  left(key: RateKey, waiter: RateWaiter): void
}

/** All that is kept of one key: what it may use, who waits for it, and its place in the table. */
export class RateKey implements LineOwner {
  readonly key: string
  readonly ledger: Ledger
  /** Refused since it was last admitted. */
  isLimited = false
  isDraining = false
  line: WaitLine | undefined = undefined
  timer: Timer | undefined = undefined
  older: RateKey | undefined = undefined
  newer: RateKey | undefined = undefined
  readonly #owner: KeyOwner

  constructor(key: string, ledger: Ledger, owner: KeyOwner) {
    this.key = key
    this.ledger = ledger
    this.#owner = owner
  }

  /** Who is next. */
  get first(): RateWaiter | undefined {
    return this.line?.first
  }

  /** Milliseconds until a newcomer could have `cost`, after all who wait. */
  waitMs(cost: number, now: number): number {
    return this.ledger.waitMs((this.line?.cost ?? 0) + cost, now)
  }

  /** The highest cost that would be admitted now: none while others wait. */
  remaining(now: number): number {
    return this.first === undefined ? this.ledger.remaining(now) : 0
  }

  /** Puts a run at the end of the line. */
  add(waiter: RateWaiter): void {
    this.line ??= new WaitLine()
    this.line.add(waiter)
  }

  /** Takes a run out of the line. */
  remove(waiter: RateWaiter): void {
    this.line?.remove(waiter)
  }

  leave(waiter: RateWaiter): void {
    this.remove(waiter)
    this.#owner.left(this, waiter)
  }

  /** Whether it may be forgotten without anyone noticing. */
  isFresh(now: number): boolean {
    return this.first === undefined && !this.isDraining && this.ledger.isFresh(now)
  }
}
