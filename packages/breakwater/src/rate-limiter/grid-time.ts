/** Steps of time in a millisecond: a power of two, so that sums of whole milliseconds and steps are exact in doubles. */
const stepsPerMs = 1024

/**
 * A moment as ledgers know it: whole steps of 1/1024 ms, rounded down. Below 2⁴³ ms (278 years) every sum and difference
 * of such moments and whole milliseconds is exact, so nothing drifts however long a limiter is busy.
 */
export function gridFloor(ms: number): number {
  return Math.floor(ms * stepsPerMs) / stepsPerMs
}

/** The same, rounded up: for moments before which nothing may happen. */
export function gridCeil(ms: number): number {
  return Math.ceil(ms * stepsPerMs) / stepsPerMs
}
