import uPlot from 'uplot'
import { formatAxisTime } from '../format/format-time.ts'
import type { Span } from '../range/range.ts'
import type { ChartColor, ChartLine, ChartStyle } from './chart-line.ts'
import { readColor } from './read-color.ts'

/** What decides how a plot is built; a change of it builds a new one. */
export interface PlotShape {
  readonly lines: readonly Pick<ChartLine, 'key' | 'label' | 'color' | 'fill' | 'widthPx'>[]
  readonly style: ChartStyle
  readonly isLog: boolean
  readonly heightPx: number
  readonly syncKey: string
}

/** What a plot asks for while it lives. */
export interface PlotSource {
  span(): Span
  /** The top of the value axis, shared with other charts; undefined to fit the values. */
  yMax(): number | undefined
  formatValue(value: number): string
  zoom(span: Span): void
}

const font = '11px system-ui, sans-serif'

/** The options of uPlot for a chart of ours. */
export function plotOptions(host: HTMLElement, shape: PlotShape, source: PlotSource): uPlot.Options {
  return {
    width: Math.max(80, host.clientWidth),
    height: shape.heightPx,
    ms: 1,
    padding: [10, 20, 0, 0],
    legend: { show: false },
    cursor: {
      drag: { x: true, y: false, setScale: false },
      points: { show: false },
      sync: { key: shape.syncKey },
    },
    select: { show: true, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: true, range: () => [source.span().from, source.span().to] },
      y: valueScale(shape, source),
    },
    axes: axes(host, source),
    series: [{}, ...shape.lines.map((line) => series(host, line, shape.style))],
    // A band is drawn with its first line, and so lies under the others.
    bands: bands(host, shape),
    hooks: { setSelect: [(plot) => select(plot, source)] },
  }
}

function bands(host: HTMLElement, { style, lines }: PlotShape): uPlot.Band[] {
  return style === 'band' ? [{ series: [1, lines.length], fill: readColor(host, 'quiet-fill') }] : []
}

function valueScale({ isLog }: PlotShape, source: PlotSource): uPlot.Scale {
  if (isLog) return { distr: 3, log: 10, range: (_plot, min, max) => logRange(min, max) }
  return { range: (_plot, _min, max) => [0, roomAbove(source.yMax() ?? max)] }
}

// Without a value to show, min and max are null whatever their type says.
function logRange(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null || !(min > 0)) return [1, 1_000]
  const low = 10 ** Math.floor(Math.log10(min))
  return [low, Math.max(low * 10, 10 ** Math.ceil(Math.log10(max)))]
}

function roomAbove(max: number | null): number {
  return max !== null && max > 0 ? max * 1.08 : 1
}

function axes(host: HTMLElement, source: PlotSource): uPlot.Axis[] {
  const stroke = readColor(host, 'text-2')
  const grid = { stroke: readColor(host, 'line'), width: 1 }
  const ticks = { stroke: readColor(host, 'line'), width: 1, size: 4 }
  return [
    {
      stroke,
      font,
      grid: { show: false },
      ticks,
      size: 24,
      space: 72,
      values: (_plot, splits) =>
        splits.map((at) => formatAxisTime(at, (splits[1] ?? at) - (splits[0] ?? at))),
    },
    {
      stroke,
      font,
      grid,
      ticks: { show: false },
      size: 52,
      gap: 6,
      space: 32,
      values: (_plot, splits) => splits.map((value) => (value === null ? '' : source.formatValue(value))),
    },
  ]
}

function series(host: HTMLElement, line: PlotShape['lines'][number], style: ChartStyle): uPlot.Series {
  const color = (name: ChartColor): string => readColor(host, name)
  const stepped = uPlot.paths.stepped?.({ align: 1 })
  return {
    label: line.label,
    stroke: color(line.color),
    // The edge of an area at zero would draw its colour along the axis.
    width: style === 'stack' ? 0 : (line.widthPx ?? 1),
    points: { show: false },
    spanGaps: false,
    ...(line.fill && { fill: color(line.fill) }),
    ...(style === 'stack' && stepped && { paths: stepped }),
  }
}

function select(plot: uPlot, source: PlotSource): void {
  const { left, width } = plot.select
  if (width < 4) return
  const span = { from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') }
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
  source.zoom(span)
}
