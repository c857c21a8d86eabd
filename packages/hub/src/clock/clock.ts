/** Time as the hub uses it; everything that waits or asks for the time takes one, so that tests own it. */
export interface Clock {
  /** Epoch milliseconds, whole. */
  now(): number
  /** Milliseconds that never step back, for measuring durations. */
  monotonicMs(): number
  /** Calls `action` each `periodMs` until the returned function is called; does not keep the process alive. */
  every(periodMs: number, action: () => void): () => void
  /** Calls `action` once, after the I/O that is ready now. */
  soon(action: () => void): void
}
