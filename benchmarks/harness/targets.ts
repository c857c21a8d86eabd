import type { Row } from './row.ts'

/** A figure that Breakwater holds itself to. */
export interface Target {
  readonly suite: string
  /** The cases it is for, by the beginning of their names. */
  readonly case: string
  readonly column: 'ratio' | 'bytes'
  readonly atMost: number
  /** How the limit is written in the table. */
  readonly text: string
}

const onePolicy = ['retry', 'circuit-breaker', 'timeout', 'bulkhead'].map((suite): Target => {
  return { suite, case: 'success', column: 'ratio', atMost: 3.5, text: '≤ 3.5×' }
})

/** What the line `breakwater` is judged by. */
export const targets: readonly Target[] = [
  ...onePolicy,
  { suite: 'circuit-breaker', case: 'open', column: 'ratio', atMost: 6, text: '≤ 6×' },
  { suite: 'stack', case: 'five policies', column: 'ratio', atMost: 5, text: '≤ 5×' },
  { suite: 'stack', case: 'success', column: 'ratio', atMost: 5, text: '≤ 5×' },
  { suite: 'stack', case: 'success', column: 'bytes', atMost: 1_024, text: '≤ 1 KB' },
  { suite: 'service', case: 'a request', column: 'ratio', atMost: 1.05, text: '≤ 1.05×' },
  { suite: 'idle', case: 'called once', column: 'bytes', atMost: 300, text: '≤ 300 B' },
  { suite: 'idle', case: 'never called', column: 'bytes', atMost: 300, text: '≤ 300 B' },
]

/** A target and whether a row reaches it. */
export interface Verdict {
  readonly target: Target
  readonly row: Row
  readonly isMet: boolean
}

/** Judges our row; rows of others, and cases without a target, have no verdict. */
export function verdictsOn(row: Row): Verdict[] {
  if (row.contestant !== 'breakwater') return []
  return targets
    .filter((target) => target.suite === row.suite && row.case.startsWith(target.case))
    .map((target) => ({ target, row, isMet: row[target.column] <= target.atMost }))
}
