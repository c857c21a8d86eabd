import type { RankedWaiter, Waiter } from './waiter.ts'

/** Those who wait for a slot, in the order of a discipline. Each method is O(1), or O(number of tiers). */
export interface WaitLine {
  /** Whom it would miss least: who goes when somebody has to. */
  readonly last: Waiter | undefined
  add(waiter: Waiter): void
  /** Takes out who is next. */
  take(): Waiter | undefined
  /** Takes a waiter out, wherever it is. */
  remove(waiter: Waiter): void
  /** With the line full: who has to make room for a newcomer; undefined when that has to go itself. */
  victimFor(newcomer: RankedWaiter): Waiter | undefined
}
