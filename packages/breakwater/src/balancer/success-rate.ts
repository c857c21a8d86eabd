/** A success ratio below which an endpoint stands out, and what it was computed from. */
export interface SuccessRateThreshold {
  readonly mean: number
  readonly stdev: number
  readonly threshold: number
}

/** `mean − factor × standard deviation` (of the population) of these success ratios. */
export function successRateThreshold(ratios: readonly number[], factor: number): SuccessRateThreshold {
  const mean = ratios.reduce((total, ratio) => total + ratio, 0) / ratios.length
  const variance = ratios.reduce((total, ratio) => total + (ratio - mean) ** 2, 0) / ratios.length
  const stdev = Math.sqrt(variance)
  return { mean, stdev, threshold: mean - factor * stdev }
}
