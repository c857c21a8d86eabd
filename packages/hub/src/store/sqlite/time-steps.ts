import type { Report } from 'breakwater/protocol'

/** The start of the step that a time falls in. */
export function stepStart(at: number, stepMs: number): number {
  return Math.floor(at / stepMs) * stepMs
}

/** The time that a report's counters are booked at: the last millisecond that its interval covers. */
export function bookedAt(report: Report): number {
  return Math.max(report.from, report.to - 1)
}
