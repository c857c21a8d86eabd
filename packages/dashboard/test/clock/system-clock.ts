/** The time, epoch milliseconds. */
export function systemNow(): number {
  return Date.now()
}

/** Runs a function again and again; the result ends it. */
export function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms)
  return () => clearInterval(timer)
}

/** Runs a function once, later. */
export function after(ms: number, run: () => void): void {
  setTimeout(run, ms)
}
