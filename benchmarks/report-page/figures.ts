/** A ratio as people write it: `1.04×`, `27.3×`, `1,204×`. */
export function ratioText(ratio: number): string {
  if (ratio >= 100) return `${grouped(ratio)}×`
  return `${ratio.toFixed(ratio >= 10 ? 1 : 2)}×`
}

/** A count with its thousands apart, with a decimal only when it is small. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })
}
