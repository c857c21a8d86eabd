/** Starts measuring now; the function it answers gives the seconds since, to one decimal. */
export function startStopwatch(): () => string {
  const startedAt = performance.now()
  return () => ((performance.now() - startedAt) / 1000).toFixed(1)
}
