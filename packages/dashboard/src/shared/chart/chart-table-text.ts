import { formatIso } from '../format/format-time.ts'
import type { ChartLine } from './chart-line.ts'

/** The figures of a chart as tab-separated text with a header, for a spreadsheet; a gap is an empty cell. */
export function chartTableText(at: readonly number[], lines: readonly ChartLine[], unit: string): string {
  const header = ['time', ...lines.map((line) => `${line.label} (${unit})`)]
  const rows = at.map((time, i) => [formatIso(time), ...lines.map((line) => String(line.values[i] ?? ''))])
  return [header, ...rows].map((cells) => cells.join('\t')).join('\n')
}
