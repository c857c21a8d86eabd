import type { Tally } from '../verify/tally.ts'
import type { SuiteResult } from './vitest-tally.ts'

/** What the suite came to, and what was left out, in words. */
export interface Conclusion extends Tally {
  /** One sentence for each thing that was not tested. */
  readonly leftOut: readonly string[]
}

/** Adds the runs up. What was left out is named; where everything is required it is a failure too. */
export function conclude(
  runs: readonly SuiteResult[],
  notRun: readonly string[],
  requiresAll: boolean,
): Conclusion {
  const skipped = sum(runs.map((run) => run.skipped))
  const leftOut =
    skipped === 0 ? notRun : [...notRun, `${skipped} tests left themselves out for want of what they need`]
  const missing = requiresAll ? skipped + notRun.length : 0
  return {
    passed: sum(runs.map(({ passed }) => passed)),
    failed: sum(runs.map(({ failed }) => failed)) + missing,
    leftOut,
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
