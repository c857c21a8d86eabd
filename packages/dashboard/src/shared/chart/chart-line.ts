/** A colour of the style sheet that a chart may use. */
export type ChartColor =
  | 'ok'
  | 'degraded'
  | 'failing'
  | 'unknown'
  | 'ok-fill'
  | 'degraded-fill'
  | 'failing-fill'
  | 'quiet'
  | 'quiet-fill'
  | 'ink'

/** One line of a chart. */
export interface ChartLine {
  readonly key: string
  readonly label: string
  /** As long as the chart's `at`; null is a gap. */
  readonly values: readonly (number | null)[]
  readonly color: ChartColor
  readonly fill?: ChartColor
  readonly widthPx?: number
}

/** How a chart draws its lines. */
export type ChartStyle =
  /** Lines on top of each other as areas; the last one given lies at the bottom. */
  | 'stack'
  /** The first and the last line, the highest and the lowest, enclose a band. */
  | 'band'
  | 'lines'
