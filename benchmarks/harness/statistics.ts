/** The middle of the values, or the mean of the middle two; NaN for none. Values that are NaN were not measured. */
export function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  const middle = sorted.length / 2
  const above = sorted[Math.floor(middle)] ?? NaN
  const below = sorted[Math.ceil(middle) - 1] ?? NaN
  return (above + below) / 2
}

/** The quotient of each pair. */
export function quotients(values: readonly number[], by: readonly number[]): number[] {
  return values.map((value, index) => value / (by[index] ?? NaN))
}
