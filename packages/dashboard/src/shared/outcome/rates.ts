/** How long the steps of a series are: all alike but the last, of which only a part may have passed. */
export interface StepLengths {
  readonly stepMs: number
  readonly lastStepMs: number
}

/** Counts per step as calls per second; a gap stays a gap. */
export function perSecond(
  counts: readonly (number | null)[],
  { stepMs, lastStepMs }: StepLengths,
): (number | null)[] {
  const last = counts.length - 1
  return counts.map((count, i) =>
    count === null ? null : (count * 1000) / (i === last ? lastStepMs : stepMs),
  )
}
