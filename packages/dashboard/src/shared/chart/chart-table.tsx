import type { MarkView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { noFigure } from '../format/format-number.ts'
import { formatClock, formatFull } from '../format/format-time.ts'
import type { ChartLine } from './chart-line.ts'

/** What the table of a chart shows. */
export interface ChartTableProps {
  readonly title: string
  readonly unit: string
  readonly at: readonly number[]
  readonly lines: readonly ChartLine[]
  readonly marks: readonly MarkView[]
  readonly formatValue: (value: number) => string
}

const maxRows = 1_000

/** The figures of a chart, newest first, and the events marked on it. */
export function ChartTable({ title, unit, at, lines, marks, formatValue }: ChartTableProps): ReactNode {
  const rows = at.map((time, index) => ({ time, index })).slice(-maxRows)
  return (
    <div className="chart-table" role="region" aria-label={`${title}, figures`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {lines.map((line) => (
              <th key={line.key} scope="col" className="num">
                {line.label} ({unit})
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.reverse().map(({ time, index }) => (
            <FigureRow
              key={time}
              time={time}
              values={lines.map((line) => line.values[index])}
              format={formatValue}
            />
          ))}
        </tbody>
      </table>
      <MarkList marks={marks} />
    </div>
  )
}

interface FigureRowProps {
  readonly time: number
  readonly values: readonly (number | null | undefined)[]
  readonly format: (value: number) => string
}

function FigureRow({ time, values, format }: FigureRowProps): ReactNode {
  return (
    <tr>
      <td title={formatFull(time)}>{formatClock(time)}</td>
      {values.map((value, column) => (
        // Columns have no identity but their place, and their number is fixed.
        <td key={column} className="num">
          {value === null || value === undefined ? noFigure : format(value)}
        </td>
      ))}
    </tr>
  )
}

function MarkList({ marks }: { readonly marks: readonly MarkView[] }): ReactNode {
  if (marks.length === 0) return null
  return (
    <ul className="marks" aria-label="Events">
      {marks.map((mark) => (
        <li key={`${mark.at} ${mark.type} ${mark.instance} ${mark.message}`}>
          {formatClock(mark.at)} {mark.service}: {mark.message}
        </li>
      ))}
    </ul>
  )
}
