import { escapeText } from './escape-text.ts'
import { linePath } from './line-path.ts'
import type { HorizontalAxis, Panel, Point, Span } from './plot.ts'
import { lineLook } from './plot-style.ts'
import { roundTicks } from './round-ticks.ts'

/** Where on the canvas a panel is, in pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What the panels of a plot have in common. */
export interface Shared {
  readonly x: HorizontalAxis
  readonly span?: Span | undefined
  /** The names of all lines, in the order of the legend. */
  readonly names: readonly string[]
}

type Place = (point: Point) => Point

/** One panel: title, grid, marks of the vertical axis, the span, the level, and the lines above all. */
export function drawPanel(panel: Panel, box: Box, shared: Shared): string {
  const top = Math.max(panel.to ?? 0, ...panel.lines.flatMap(({ points }) => points.map(({ y }) => y)))
  const ticks = roundTicks(top).filter((tick) => tick <= top)
  const place = placing(box, shared.x, top)
  return [
    `<text class="panel" x="${box.left}" y="${box.top - 8}">${escapeText(panel.title)}</text>`,
    shared.span === undefined ? '' : drawSpan(shared.span, box, place),
    ...ticks.map((tick) => drawTick(tick, box, place)),
    panel.level === undefined ? '' : drawLevel(panel.level, box, place),
    ...panel.lines.map(({ name, points }) => {
      const look = lineLook(shared.names.indexOf(name))
      return `<path class="${look}" d="${linePath(points.map(place))}"/>`
    }),
  ].join('')
}

function placing(box: Box, x: HorizontalAxis, highest: number): Place {
  return (point) => ({
    x: box.left + ((point.x - x.from) / (x.to - x.from)) * box.width,
    y: box.top + box.height - (point.y / highest) * box.height,
  })
}

function drawTick(tick: number, box: Box, place: Place): string {
  const y = Math.round(place({ x: 0, y: tick }).y)
  const look = tick === 0 ? 'axis' : 'grid'
  const line = `<path class="${look}" d="M${box.left} ${y}h${box.width}"/>`
  return `${line}<text x="${box.left - 8}" y="${y + 4}" text-anchor="end">${tick.toLocaleString('en-US')}</text>`
}

function drawSpan(span: Span, box: Box, place: Place): string {
  const from = Math.round(place({ x: span.from, y: 0 }).x)
  const width = Math.round(place({ x: span.to, y: 0 }).x) - from
  return `<rect class="span" x="${from}" y="${box.top}" width="${width}" height="${box.height}"/>`
}

function drawLevel(level: { y: number; label: string }, box: Box, place: Place): string {
  const y = Math.round(place({ x: 0, y: level.y }).y)
  const line = `<path class="level" d="M${box.left} ${y}h${box.width}"/>`
  return `${line}<text class="note" x="${box.left + 4}" y="${y - 5}">${escapeText(level.label)}</text>`
}
