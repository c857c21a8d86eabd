import type { MarkView } from 'breakwater/protocol'
import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react'
import uPlot from 'uplot'
import { usePreferences } from '../preferences/use-preferences.ts'
import type { Span } from '../range/range.ts'
import type { ChartLine, ChartStyle } from './chart-line.ts'
import { closeSteps } from './close-steps.ts'
import { marksPlugin } from './marks-plugin.ts'
import { plotOptions, type PlotShape } from './plot-options.ts'
import { stackLines } from './stack-lines.ts'
import { tooltipPlugin } from './tooltip-plugin.ts'
import { useSystemTheme } from './use-system-theme.ts'

/** What a plot shows. */
export interface PlotProps {
  /** What it shows, in words, for those who cannot see it. */
  readonly summary: string
  readonly at: readonly number[]
  readonly lines: readonly ChartLine[]
  readonly style: ChartStyle
  readonly span: Span
  readonly marks: readonly MarkView[]
  readonly isLog: boolean
  readonly yMax: number | undefined
  readonly heightPx: number
  readonly syncKey: string
  readonly formatValue: (value: number) => string
  readonly onZoom: (span: Span) => void
}

/** A time series on a canvas. */
export function Plot(props: PlotProps): ReactNode {
  const host = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  const plot = usePlot(host, latest, props)

  useEffect(() => {
    latest.current = props
    plot.current?.setData(alignedData(props))
  })

  return <div ref={host} className="plot" role="img" aria-label={props.summary} />
}

function usePlot(
  host: RefObject<HTMLDivElement | null>,
  latest: RefObject<PlotProps>,
  props: PlotProps,
): RefObject<uPlot | null> {
  const plot = useRef<uPlot | null>(null)
  const [{ theme }] = usePreferences()
  const systemTheme = useSystemTheme()
  const shape = useShape(props)

  useEffect(() => {
    const element = host.current
    if (!element) return undefined
    const built = build(element, shape, latest)
    plot.current = built
    const observer = new ResizeObserver(() => {
      built.setSize({ width: Math.max(80, element.clientWidth), height: shape.heightPx })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      built.destroy()
      plot.current = null
    }
  }, [host, latest, shape, theme, systemTheme])

  return plot
}

// Values change each second, the shape hardly ever: it is compared by what it says.
function useShape({ lines, style, isLog, heightPx, syncKey }: PlotProps): PlotShape {
  const parts = lines.map(({ key, label, color, fill, widthPx }) => ({
    key,
    label,
    color,
    ...(fill && { fill }),
    ...(widthPx && { widthPx }),
  }))
  const text = JSON.stringify(parts)
  return useMemo(() => {
    const read = JSON.parse(text) as PlotShape['lines']
    return { lines: read, style, isLog, heightPx, syncKey }
  }, [text, style, isLog, heightPx, syncKey])
}

function build(host: HTMLElement, shape: PlotShape, latest: RefObject<PlotProps>): uPlot {
  const options = plotOptions(host, shape, {
    span: () => latest.current.span,
    yMax: () => latest.current.yMax,
    formatValue: (value) => latest.current.formatValue(value),
    zoom: (span) => latest.current.onZoom(span),
  })
  const tooltip = tooltipPlugin({
    rowsAt: (index) =>
      latest.current.lines.map((line) => [line.label, valueText(latest.current, line, index)]),
    marks: () => latest.current.marks,
  })
  const plugins = [marksPlugin(() => latest.current.marks), tooltip]
  return new uPlot({ ...options, plugins }, alignedData(latest.current), host)
}

function valueText({ formatValue }: PlotProps, line: ChartLine, index: number): string {
  // The point that gives the last step its width stands for that step.
  const value = line.values[Math.min(index, line.values.length - 1)]
  return value === null || value === undefined ? 'no data' : formatValue(value)
}

function alignedData({ at, lines, style, isLog, span }: PlotProps): uPlot.AlignedData {
  if (style === 'stack') {
    const closed = closeSteps({ at, columns: stackLines(lines) }, span.to)
    return [[...closed.at], ...closed.columns.map((column) => [...column])]
  }
  // A logarithm has no place for zero.
  const shown = (value: number | null): number | null => (isLog && value === 0 ? null : value)
  return [[...at], ...lines.map((line) => line.values.map(shown))]
}
