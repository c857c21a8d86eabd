import type { Clock } from './clock.ts'

/** The machine's own time. */
export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  every(periodMs: number, action: () => void) {
    const timer = setInterval(action, periodMs)
    timer.unref()
    return () => clearInterval(timer)
  },
  soon(action: () => void) {
    setImmediate(action)
  },
})
