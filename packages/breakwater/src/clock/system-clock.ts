import { captureContext, runIn } from './caller-context.ts'
import type { Clock, Timer, TimerOptions } from './clock.ts'
import { type DeadlineHost, DeadlineList } from './deadline-list.ts'
import { sleepOn } from './sleep.ts'

/** How often the shared ticker runs while it is needed. */
const tickMs = 5
/** What a tick counts for at most: longer means that the event loop was blocked. */
const longestTickMs = 2 * tickMs
/** The longest delay that `setTimeout` takes; above it fires at once. */
const longestTimeoutMs = 2 ** 31 - 1

type Handle = ReturnType<typeof setTimeout>

/**
 * The real clock. One ticker serves every window and every deadline of the process; it starts at the first
 * use and stops by itself when nothing used it for a tick and no deadline is armed.
 *
 * The ticker does not keep the process alive. Should the event loop run dry while a deadline is still
 * armed over a pending call, the ticker is given a reference then, so the deadline fires all the same.
 */
class SystemClock implements Clock, DeadlineHost {
  #coarse = 0
  /** Advances with real time, but at most two ticks at a time: a blocked event loop makes no call late. */
  #loopTime = 0
  /** The same rounded up and with the longest tick on top, kept ready as a whole number, which needs no box. */
  #armTime = longestTickMs
  #ticker: Handle | undefined
  #isUsed = false
  #watchesExit = false
  /** By duration: as many as there are different timeouts in the program. */
  readonly #lists = new Map<number, DeadlineList>()
  /** Lists that may have a deadline. */
  readonly #active = new Set<DeadlineList>()
  /** That of the program: the ticker serves all calls, and must not run in the context of the one that started it. */
  readonly #context = captureContext()

  now(): number {
    return performance.now()
  }

  coarseNow(): number {
    this.#isUsed = true
    if (this.#ticker === undefined) this.#startTicker()
    return this.#coarse
  }

  epochNow(): number {
    return Date.now()
  }

  setTimer(ms: number, callback: () => void, options?: TimerOptions): Timer {
    const timer = new SystemTimer(callback, options?.ref ?? true)
    timer.arm(ms)
    return timer
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal)
  }

  deadlines(ms: number): DeadlineList {
    let list = this.#lists.get(ms)
    if (list === undefined) {
      list = new DeadlineList(ms, this)
      this.#lists.set(ms, list)
    }
    return list
  }

  /** Real time may be ahead of the loop's by as much as the next tick can add: never early means counting from there. */
  deadlineTime(): number {
    return this.#armTime
  }

  deadlineArmed(list: DeadlineList): void {
    if (this.#ticker === undefined) this.#startTicker()
    if (list.isWatched) return
    list.isWatched = true
    this.#active.add(list)
  }

  #startTicker(): void {
    this.#coarse = performance.now()
    this.#ticker = runIn(this.#context, () => setInterval(() => this.#tick(), tickMs))
    unref(this.#ticker)
    if (!this.#watchesExit) this.#watchExit()
  }

  #tick(): void {
    const now = performance.now()
    this.#loopTime += Math.min(now - this.#coarse, longestTickMs)
    this.#armTime = Math.ceil(this.#loopTime) + longestTickMs
    this.#coarse = now
    for (const list of this.#active) {
      list.expire(this.#loopTime)
      if (!list.isEmpty) continue
      list.isWatched = false
      this.#active.delete(list)
    }
    if (this.#active.size === 0 && !this.#isUsed) this.#stopTicker()
    this.#isUsed = false
  }

  #stopTicker(): void {
    clearInterval(this.#ticker)
    this.#ticker = undefined
  }

  #watchExit(): void {
    this.#watchesExit = true
    const host = (globalThis as { process?: { on?: (event: string, listener: () => void) => void } }).process
    host?.on?.('beforeExit', () => this.#keepAliveForDeadlines())
  }

  #keepAliveForDeadlines(): void {
    for (const list of this.#active) {
      if (!list.isEmpty) ref(this.#ticker)
    }
  }
}

class SystemTimer implements Timer {
  readonly #callback: () => void
  readonly #keepsAlive: boolean
  #handle: Handle | undefined

  constructor(callback: () => void, keepsAlive: boolean) {
    this.#callback = callback
    this.#keepsAlive = keepsAlive
  }

  arm(ms: number): void {
    const rest = ms - longestTimeoutMs
    const next = rest > 0 ? () => this.arm(rest) : this.#callback
    this.#handle = setTimeout(next, Math.min(Math.max(ms, 0), longestTimeoutMs))
    if (!this.#keepsAlive) unref(this.#handle)
  }

  cancel(): void {
    clearTimeout(this.#handle)
  }
}

/** Browsers give numbers for timers; those need no reference counting. */
function unref(handle: Handle): void {
  if (typeof handle === 'object') handle.unref()
}

function ref(handle: Handle | undefined): void {
  if (typeof handle === 'object') handle.ref()
}

/** The clock of the machine; the default wherever a clock can be given. */
export const systemClock: Clock = /* @__PURE__ */ new SystemClock()
