/** What is left to a caller by a hook, milliseconds; Infinity when it waits for ever, or nobody can tell. */
export function leftToCaller(ask: (() => number | undefined) | undefined): number {
  if (ask === undefined) return Infinity
  try {
    const leftMs = ask() ?? Infinity
    return Number.isNaN(leftMs) ? Infinity : leftMs
  } catch {
    return Infinity
  }
}
