import type { Clock, Timer, TimerOptions } from '../clock/clock.ts'
import { type DeadlineHost, DeadlineList } from '../clock/deadline-list.ts'
import { nextMacrotask } from '../clock/macrotask.ts'
import { sleepOn } from '../clock/sleep.ts'
import { captureContext, runIn } from '../clock/caller-context.ts'

interface FakeTimer {
  readonly due: number
  readonly order: number
  readonly callback: () => void
}

/** Options of {@link FakeClock}. */
export interface FakeClockOptions {
  /** What {@link FakeClock.epochNow} says at the start. @default 2026-01-01T00:00:00Z */
  readonly epochMs?: number
}

/**
 * A clock that stands still until it is told to go on. {@link FakeClock.advance} wakes what is due in order,
 * with the time set to each due time, and lets all promises continue **after each**: code under test sees
 * the schedule that a real clock would give it. A timer fires in the asynchronous context in which it was set, as there.
 *
 * @example
 * const clock = new FakeClock()
 * const done = clock.sleep(1_000)
 * await clock.advance(1_000)
 * await done
 */
export class FakeClock implements Clock, DeadlineHost {
  #now = 0
  #epoch: number
  #order = 0
  readonly #timers = new Set<FakeTimer>()
  readonly #lists = new Map<number, DeadlineList>()
  /** The timer that each list of deadlines waits for, if it does. */
  readonly #listTimers = new Map<DeadlineList, FakeTimer>()

  constructor(options: FakeClockOptions = {}) {
    this.#epoch = options.epochMs ?? Date.UTC(2026, 0, 1)
  }

  now(): number {
    return this.#now
  }

  coarseNow(): number {
    return this.#now
  }

  epochNow(): number {
    return this.#epoch + this.#now
  }

  /** Steps the wall clock without letting monotonic time pass, as NTP or an operator would. */
  stepWallClock(byMs: number): void {
    this.#epoch += byMs
  }

  setTimer(ms: number, callback: () => void, _options?: TimerOptions): Timer {
    const context = captureContext()
    const timer = this.#schedule(this.#now + Math.max(0, ms), () => runIn(context, callback))
    return { cancel: () => void this.#timers.delete(timer) }
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal)
  }

  deadlines(ms: number): DeadlineList {
    const list = this.#lists.get(ms) ?? new DeadlineList(ms, this)
    this.#lists.set(ms, list)
    return list
  }

  /** For {@link DeadlineList}. */
  deadlineTime(): number {
    return this.#now
  }

  /** For {@link DeadlineList}. */
  deadlineArmed(list: DeadlineList): void {
    if (this.#listTimers.has(list)) return
    const expire = (): void => {
      this.#listTimers.delete(list)
      list.expire(this.#now)
      if (!list.isEmpty) this.deadlineArmed(list)
    }
    this.#listTimers.set(list, this.#schedule(list.nextDue, expire))
  }

  /**
   * Lets `ms` pass. Resolves when everything that fell due has run and every promise that could has continued.
   *
   * @throws {RangeError} when `ms` is negative or not finite
   */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0) || !Number.isFinite(ms)) {
      throw new RangeError(
        `Cannot advance the clock as 'ms' must be a finite number >= 0: current value is ${ms}`,
      )
    }
    const end = this.#now + ms
    await nextMacrotask()
    for (let timer = this.#nextTimer(end); timer !== undefined; timer = this.#nextTimer(end)) {
      this.#timers.delete(timer)
      this.#now = timer.due
      timer.callback()
      await nextMacrotask()
    }
    this.#now = end
  }

  /** Lets every promise continue that can, without letting time pass. */
  settle(): Promise<void> {
    return this.advance(0)
  }

  /** How far off each pending timer, and the next deadline of each duration, is in milliseconds; soonest first. */
  pending(): readonly number[] {
    const listTimers = new Set(this.#listTimers.values())
    const timers = [...this.#timers].filter((timer) => !listTimers.has(timer))
    const lists = [...this.#listTimers.keys()].filter((list) => !list.isEmpty)
    const dues = [...timers.map(({ due }) => due), ...lists.map(({ nextDue }) => nextDue)]
    return dues.map((due) => due - this.#now).sort((a, b) => a - b)
  }

  /**
   * Fails when something still waits for this clock: the check at the end of a test that nothing leaked.
   *
   * @throws {Error} that lists how far off each is
   */
  expectIdle(): void {
    const left = this.pending()
    if (left.length > 0) {
      throw new Error(`Expected nothing to wait for the clock, but due in ms: ${left.join(', ')}`)
    }
  }

  /** As {@link FakeClock.expectIdle}: `using clock = new FakeClock()` checks at the end of the test by itself. */
  [Symbol.dispose](): void {
    this.expectIdle()
  }

  #schedule(due: number, callback: () => void): FakeTimer {
    const timer: FakeTimer = { due, order: this.#order++, callback }
    this.#timers.add(timer)
    return timer
  }

  #nextTimer(end: number): FakeTimer | undefined {
    let next: FakeTimer | undefined
    for (const timer of this.#timers) {
      if (timer.due > end) continue
      if (next === undefined || timer.due < next.due || (timer.due === next.due && timer.order < next.order))
        next = timer
    }
    return next
  }
}
