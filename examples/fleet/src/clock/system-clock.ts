import { setTimeout as sleepFor } from 'node:timers/promises'
import type { Clock } from './clock.ts'

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  epochNow: () => Date.now(),
  setTimer: (ms, callback) => {
    const handle = setTimeout(callback, ms)
    return { cancel: () => clearTimeout(handle) }
  },
  sleep: (ms, signal) => sleepFor(ms, undefined, signal === undefined ? {} : { signal }),
}
