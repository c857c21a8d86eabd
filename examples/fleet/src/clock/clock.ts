/** A timer that was set and can be taken back. */
export interface Timer {
  cancel(): void
}

/** What the fleet knows of time; the library's clocks fit, so tests use its fake one. */
export interface Clock {
  /** Monotonic milliseconds, with fractions. */
  now(): number
  /** Milliseconds since 1970. */
  epochNow(): number
  /** Calls back once after `ms`. */
  setTimer(ms: number, callback: () => void): Timer
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
