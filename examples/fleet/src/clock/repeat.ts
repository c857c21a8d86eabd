import type { Clock, Timer } from './clock.ts'

/** Calls back each `ms` until it is cancelled; a slow callback delays the next, so calls never pile up. */
export function repeat(clock: Clock, ms: number, callback: () => void): Timer {
  let timer = clock.setTimer(ms, run)
  let isOver = false
  function run(): void {
    callback()
    if (!isOver) timer = clock.setTimer(ms, run)
  }
  const cancel = (): void => {
    isOver = true
    timer.cancel()
  }
  return { cancel }
}
