/** Milliseconds since an arbitrary start, with fractions. */
export function milliseconds(): number {
  return performance.now()
}

/** Resolves after `ms`. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

/** Resolves when all that is ready has gone on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** The date and time now, as ISO 8601. */
export function isoDate(): string {
  return new Date().toISOString()
}
