/**
 * Each duration of a deadline has a list of its own in the clock, for good: durations that change from call to call
 * are put on a grid of 16 to each doubling, so that there are at most 500 of them, 4.5 % apart.
 */
const stepsPerDoubling = 16

/** The grid's duration at or below `ms`, which is at least 1. */
export function gridFloor(ms: number): number {
  let step = Math.floor(Math.log2(ms) * stepsPerDoubling) + 1
  while (at(step) > ms) step--
  return at(step)
}

/** The grid's duration at or above `ms`; 1 for all that is shorter. */
export function gridCeil(ms: number): number {
  if (ms <= 1) return 1
  let step = Math.floor(Math.log2(ms) * stepsPerDoubling) - 1
  while (at(step) < ms) step++
  return at(step)
}

/** Rounded, as people read it in errors. */
function at(step: number): number {
  const ms = 2 ** (step / stepsPerDoubling)
  return ms >= 32 ? Math.round(ms) : Math.round(ms * 10) / 10
}
