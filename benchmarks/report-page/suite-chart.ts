import type { Row } from '../harness/row.ts'
import { barChartSvg, type BarGroup } from './bar-chart.ts'
import { grouped, ratioText } from './figures.ts'

/** The chart of a suite: bytes for things at rest, else times by that of a bare call. */
export function suiteChart(suite: string, rows: readonly Row[]): string {
  const isIdle = suite.startsWith('idle')
  const shown = isIdle ? rows.filter((row) => row.case !== 'at rest') : rows
  const cases = [...new Set(shown.map((row) => row.case))]
  const groups = cases.map((name): BarGroup => {
    const bars = shown.filter((row) => row.case === name).map((row) => barOf(row, isIdle))
    return { title: name, bars }
  })
  const unit = isIdle ? 'bytes that one holds' : 'time by that of a bare call'
  return barChartSvg({ title: `${suite}: ${unit} (less is better, logarithmic)`, groups })
}

function barOf({ contestant, ratio, bytes }: Row, isIdle: boolean): BarGroup['bars'][number] {
  return {
    label: contestant,
    value: isIdle ? bytes : ratio,
    text: isIdle ? `${grouped(bytes)} B` : ratioText(ratio),
    isOurs: contestant.startsWith('breakwater'),
  }
}
