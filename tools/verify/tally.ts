/** How many things were checked and held, and how many did not. */
export interface Tally {
  readonly passed: number
  readonly failed: number
}

/** The line a run ends with: `12 passed, 0 failed`. */
export function formatTally({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`
}

/** The sum of several runs. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    {
      passed: 0,
      failed: 0,
    },
  )
}

/**
 * The tally of a finished step: the one it printed as its last line, or one for the step itself. A step that ended badly has
 * at least one failure whatever it printed.
 */
export function tallyOfStep(output: string, exitCode: number): Tally {
  const printed = /^(\d+) passed, (\d+) failed$/.exec(output.trimEnd().split('\n').at(-1) ?? '')
  const failedAnyway = exitCode === 0 ? 0 : 1
  if (printed === null) return { passed: 1 - failedAnyway, failed: failedAnyway }
  return { passed: Number(printed[1]), failed: Math.max(Number(printed[2]), failedAnyway) }
}
