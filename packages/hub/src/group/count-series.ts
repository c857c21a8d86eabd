import type { ResolvedRange } from '../analyse/range.ts'
import { maxSteps } from '../analyse/range.ts'

/** A count at a time. */
export interface TimedCount {
  readonly at: number
  readonly count: number
}

/** Counts in equal steps; a step without a count is 0, for a fault that was not reported did not happen. */
export interface CountSeries {
  readonly stepMs: number
  readonly at: readonly number[]
  readonly counts: readonly number[]
}

const sparklineParts = 60

/** Counts in the finest steps that are kept, at most 360. */
export function countSeries(counts: readonly TimedCount[], range: ResolvedRange): CountSeries {
  return seriesOf(counts, range, maxSteps)
}

/** Counts of at most 60 equal parts of the range. */
export function sparkline(counts: readonly TimedCount[], range: ResolvedRange): readonly number[] {
  return seriesOf(counts, range, sparklineParts).counts
}

function seriesOf(counts: readonly TimedCount[], { coarse }: ResolvedRange, maxParts: number): CountSeries {
  const { from, to } = coarse
  const stepMs = Math.max(1, Math.ceil((to - from) / coarse.stepMs / maxParts)) * coarse.stepMs
  const sums = Array.from({ length: Math.ceil((to - from) / stepMs) }, () => 0)
  for (const { at, count } of counts) {
    const index = Math.floor((at - from) / stepMs)
    sums[index] = (sums[index] ?? 0) + count
  }
  return { stepMs, at: sums.map((_, index) => from + index * stepMs), counts: sums }
}
