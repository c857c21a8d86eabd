import type { DeadlineList } from './deadline-list.ts'

/** A timer that was set and can be taken back. */
export interface Timer {
  /** Stops the timer; does nothing when it has fired or was stopped. */
  cancel(): void
}

/** Options of {@link Clock.setTimer}. */
export interface TimerOptions {
  /** Whether the timer keeps the process alive. @default true */
  readonly ref?: boolean
}

/**
 * All that Breakwater knows of time. Durations come from a monotonic clock, so a stepped wall clock
 * changes no timeout, no window and no open circuit; epoch time is only for facts that leave the process.
 */
export interface Clock {
  /** Monotonic milliseconds since an arbitrary start, with fractions. */
  now(): number
  /**
   * Monotonic milliseconds for windows: cheaper than {@link Clock.now} and up to one tick (5 ms) old,
   * older only while the event loop is blocked.
   */
  coarseNow(): number
  /** Milliseconds since 1970 by the wall clock. */
  epochNow(): number
  /** Calls back once after `ms` (clamped to 0 and up; beyond 2³¹−1 ms the timer is re-armed). */
  setTimer(ms: number, callback: () => void, options?: TimerOptions): Timer
  /**
   * Resolves after `ms`, or rejects with the signal's reason as soon as it aborts, also when it already has.
   * Leaves no listener behind.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /**
   * The shared list of deadlines of one duration: the cheap kind of timer, made for the many that are nearly
   * always cancelled. They fire never early and at most three ticks (15 ms) late; time in which the event loop
   * was blocked does not count, so that work that had no chance to answer is not cut off.
   */
  deadlines(ms: number): DeadlineList
}
