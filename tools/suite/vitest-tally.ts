import type { Tally } from '../verify/tally.ts'

/** What one run of Vitest came to. */
export interface SuiteResult extends Tally {
  /** Tests that left themselves out. */
  readonly skipped: number
}

/** Reads Vitest's JSON report. A run that ended badly has at least one failure, also when no test could even be loaded. */
export function readVitestReport(report: string | undefined, exitCode: number): SuiteResult {
  const counts = parseCounts(report)
  const failed = countOf(counts, 'numFailedTests')
  return {
    passed: countOf(counts, 'numPassedTests'),
    failed: exitCode === 0 ? failed : Math.max(failed, 1),
    skipped: countOf(counts, 'numPendingTests') + countOf(counts, 'numTodoTests'),
  }
}

function parseCounts(report: string | undefined): object {
  if (report === undefined) return {}
  const parsed: unknown = JSON.parse(report)
  return typeof parsed === 'object' && parsed !== null ? parsed : {}
}

function countOf(counts: object, name: string): number {
  const count: unknown = Object.entries(counts).find(([key]) => key === name)?.[1]
  return typeof count === 'number' ? count : 0
}
