/**
 * How little a new example adds to `seen` earlier ones of its group: 0 is kept longest. Each next level is drawn
 * half as often, so that what is kept is spread over all the time that the group was seen.
 *
 * @param chance from 0 up to, not including, 1.
 * @see https://github.com/bugsink/bugsink for the idea of eviction by irrelevance
 */
export function irrelevanceOf(seen: number, chance: number): number {
  const drawn = Math.floor(chance * Math.min(seen, 1_000_000_000) * 2)
  if (drawn === 0) return 0
  const lowestBit = 31 - Math.clz32(drawn & -drawn)
  const highestBit = 31 - Math.clz32(drawn)
  return highestBit - lowestBit
}

/** Which of a group's examples go first: the larger. Age weighs as its logarithm: 4 times as old is one level more. */
export function evictionRank(
  exemplar: { readonly irrelevance: number; readonly at: number },
  now: number,
): number {
  const ageHours = Math.max(0, now - exemplar.at) / 3_600_000
  return exemplar.irrelevance + Math.log(ageHours + 1) / Math.log(4)
}
