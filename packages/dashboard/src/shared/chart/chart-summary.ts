import type { ChartLine } from './chart-line.ts'

/** A chart in one sentence: the last figure of each line. */
export function chartSummary(
  { title, unit }: { readonly title: string; readonly unit: string },
  lines: readonly ChartLine[],
  formatValue: (value: number) => string,
): string {
  const figures = lines.map(({ label, values }) => {
    const last = values.findLast((value) => value !== null)
    return `${label} ${last === null || last === undefined ? 'no data' : formatValue(last)}`
  })
  return `${title}, ${unit}, latest: ${figures.join(', ')}. The table has all figures.`
}
