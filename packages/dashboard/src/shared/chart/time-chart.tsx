import type { MarkView } from 'breakwater/protocol'
import { type ReactNode, useId, useState } from 'react'
import { CopyButton } from '../layout/copy-button.tsx'
import type { Span } from '../range/range.ts'
import type { ChartLine, ChartStyle } from './chart-line.ts'
import { chartSummary } from './chart-summary.ts'
import { ChartTable } from './chart-table.tsx'
import { chartTableText } from './chart-table-text.ts'
import { Plot } from './plot.tsx'

/** What a chart shows. */
export interface TimeChartProps {
  readonly title: string
  /** `per second`, `ms`. */
  readonly unit: string
  readonly at: readonly number[]
  readonly lines: readonly ChartLine[]
  readonly style: ChartStyle
  readonly span: Span
  readonly marks?: readonly MarkView[]
  /** Offers the switch to a logarithmic axis. */
  readonly canLog?: boolean
  readonly yMax?: number | undefined
  readonly heightPx?: number
  /** Charts with the same key share the cursor. */
  readonly syncKey: string
  readonly formatValue: (value: number) => string
  readonly onZoom: (span: Span) => void
}

const noMarks: readonly MarkView[] = []

/** A time series under its title, with a legend, its table and, where it helps, a logarithmic axis. */
export function TimeChart(props: TimeChartProps): ReactNode {
  const { title, unit, at, lines, marks = noMarks, heightPx = 160, yMax } = props
  const id = useId()
  const [isTable, setTable] = useState(false)
  const [isLog, setLog] = useState(false)
  const isEmpty = lines.every(({ values }) => values.every((value) => value === null))
  const summary = chartSummary({ title, unit }, lines, props.formatValue)
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption className="chart-head">
        <span id={id} className="chart-title">
          {title} <span className="unit">{unit}</span>
        </span>
        <Legend lines={lines} />
        <span className="chart-actions">
          {isTable ? <CopyButton text={() => chartTableText(at, lines, unit)} /> : null}
          {props.canLog && !isTable ? <Toggle label="Log" isOn={isLog} onToggle={setLog} /> : null}
          <Toggle label="Table" isOn={isTable} onToggle={setTable} />
        </span>
      </figcaption>
      {isTable ? <ChartTable {...props} marks={marks} /> : null}
      {isTable || isEmpty ? null : <Plot {...props} {...{ marks, isLog, yMax, heightPx, summary }} />}
      {isTable || !isEmpty ? null : <NoData heightPx={heightPx} />}
    </figure>
  )
}

function NoData({ heightPx }: { readonly heightPx: number }): ReactNode {
  return (
    <p className="no-data" style={{ height: heightPx }}>
      No data in this range.
    </p>
  )
}

function Legend({ lines }: { readonly lines: readonly ChartLine[] }): ReactNode {
  return (
    <span className="legend" aria-hidden="true">
      {lines.map((line) => (
        <span key={line.key}>
          <i className={`swatch swatch-${line.fill ?? line.color}`} />
          {line.label}
        </span>
      ))}
    </span>
  )
}

interface ToggleProps {
  readonly label: string
  readonly isOn: boolean
  readonly onToggle: (isOn: boolean) => void
}

function Toggle({ label, isOn, onToggle }: ToggleProps): ReactNode {
  return (
    <button type="button" aria-pressed={isOn} onClick={() => onToggle(!isOn)}>
      {label}
    </button>
  )
}
