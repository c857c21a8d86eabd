import type { ChartLine } from './chart-line.ts'

/** Sums for drawing lines as areas on top of each other: each holds its own values and those of all lines after it. */
export function stackLines(lines: readonly ChartLine[]): (number | null)[][] {
  const stacked: (number | null)[][] = []
  let below: readonly (number | null)[] | undefined
  for (const line of [...lines].reverse()) {
    const base = below
    below = line.values.map((value, i) => (value === null ? null : value + (base?.[i] ?? 0)))
    stacked.unshift([...below])
  }
  return stacked
}
