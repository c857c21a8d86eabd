/** The path of a row of bars, one for each count; a count above none is at least one pixel high. */
export function sparklinePath(
  counts: readonly number[],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const highest = Math.max(1, ...counts)
  const step = width / Math.max(1, counts.length)
  const bar = Math.max(1, step - 0.5)
  return counts
    .map((count, i) => {
      if (count <= 0) return ''
      const tall = Math.max(1, (count / highest) * height)
      return `M${round(i * step)} ${height}v${round(-tall)}h${round(bar)}v${round(tall)}z`
    })
    .join('')
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
