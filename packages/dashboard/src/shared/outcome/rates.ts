/** Counts per step as calls per second; a gap stays a gap. */
export function perSecond(counts: readonly (number | null)[], stepMs: number): (number | null)[] {
  return counts.map((count) => (count === null ? null : (count * 1000) / stepMs))
}
