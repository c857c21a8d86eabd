import type { Line } from '../plot/plot.ts'

/** The names of the fields of a point that are numbers. */
export type Measure<P> = { [Name in keyof P]: P[Name] extends number ? Name : never }[keyof P]

/** Seconds from `from` up to, not including, `to`. */
export interface Seconds {
  readonly from: number
  readonly to: number
}

/** The mean of a measure over some seconds of a run. */
export function mean<P extends Record<Measure<P>, number>>(
  points: readonly P[],
  measure: Measure<P>,
  { from, to }: Seconds,
): number {
  const span = points.slice(from, to)
  return span.reduce((sum, point) => sum + point[measure], 0) / span.length
}

/** The highest value of a measure in a run. */
export function highest<P extends Record<Measure<P>, number>>(
  points: readonly P[],
  measure: Measure<P>,
): number {
  return Math.max(...points.map((point) => point[measure]))
}

/** A measure as a line: each second at its middle. */
export function bySecond<P extends Record<Measure<P>, number> & { readonly second: number }>(
  name: string,
  points: readonly P[],
  measure: Measure<P>,
): Line {
  return { name, points: points.map((point) => ({ x: point.second + 0.5, y: point[measure] })) }
}

/** A run by its name. */
export function named<T>(runs: Readonly<Record<string, T>>, name: string): T {
  const run = runs[name]
  if (run === undefined) throw new Error(`No run is called ${name}`)
  return run
}
