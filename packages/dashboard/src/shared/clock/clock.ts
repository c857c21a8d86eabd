/** The only way this page touches time; given to whatever needs it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Runs a function again and again; the result ends it. */
  every(ms: number, run: () => void): () => void
  /** Runs a function once; the result prevents it. */
  after(ms: number, run: () => void): () => void
}

/** A clock whose reading can be moved to the hub's, so that ages and ranges are right on a machine that is off. */
export interface HubClock extends Clock {
  /** Tells the clock what time the hub says it is now. */
  adjust(hubNow: number): void
  /** The hub's time at a reading of this machine's own clock. */
  fromLocal(localAt: number): number
}

const toleranceMs = 2_000

/** The browser's clock, corrected once the hub's time is known and differs by more than two seconds. */
export function createHubClock(): HubClock {
  let offsetMs = 0
  return {
    now: () => Date.now() + offsetMs,
    fromLocal: (localAt) => localAt + offsetMs,
    adjust(hubNow) {
      const skewMs = hubNow - Date.now()
      offsetMs = Math.abs(skewMs) > toleranceMs ? skewMs : 0
    },
    every(ms, run) {
      const timer = setInterval(run, ms)
      return () => clearInterval(timer)
    },
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  }
}
