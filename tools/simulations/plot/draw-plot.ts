import { drawPanel } from './draw-panel.ts'
import { escapeText } from './escape-text.ts'
import { headline } from './headline.ts'
import { legend, type LegendEntry } from './legend.ts'
import type { HorizontalAxis, Plot } from './plot.ts'
import { distinctLines, lineLook, plotStyle } from './plot-style.ts'
import { roundTicks } from './round-ticks.ts'

const width = 760
const margin = { left: 56, right: 16, top: 12 } as const
const panelHeight = 150
const titleHeight = 34
const axisHeight = 44
const inner = width - margin.left - margin.right

/**
 * Draws a plot as an SVG document that stands alone, readable on a light and on a dark page.
 *
 * @throws {RangeError} when it has more lines than can be told apart
 */
export function drawPlot(plot: Plot): string {
  const names = [...new Set(plot.panels.flatMap(({ lines }) => lines.map(({ name }) => name)))]
  if (names.length > distinctLines)
    throw new RangeError(`Cannot draw a plot of more than ${distinctLines} lines: it has ${names.length}`)
  const point = headline(plot.description, { x: margin.left, y: margin.top, width: inner })
  const key = legend(entriesOf(plot, names), { x: margin.left, y: margin.top + point.height, width: inner })
  const first = margin.top + point.height + key.height + titleHeight
  const panels = plot.panels.map((panel, index) => {
    const top = first + index * (panelHeight + titleHeight)
    const box = { left: margin.left, top, width: inner, height: panelHeight }
    return drawPanel(panel, box, { x: plot.x, span: plot.span, names })
  })
  const bottom = first + plot.panels.length * (panelHeight + titleHeight) - titleHeight
  const height = bottom + axisHeight
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeText(plot.description)}</title>`,
    `<style>${plotStyle}</style>`,
    `<rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    point.svg,
    key.svg,
    ...panels,
    drawHorizontalAxis(plot.x, bottom),
    '</svg>\n',
  ].join('\n')
}

function entriesOf({ span }: Plot, names: readonly string[]): LegendEntry[] {
  const lines = names.map((label, index) => ({ label, look: lineLook(index) }))
  return span === undefined ? lines : [...lines, { label: span.label, look: 'span', isSpan: true }]
}

function drawHorizontalAxis(axis: HorizontalAxis, y: number): string {
  const steps = roundTicks(axis.to - axis.from, 7).map((step) => axis.from + step)
  const marks = steps
    .filter((x) => x <= axis.to)
    .map((x) => {
      const left = Math.round(margin.left + ((x - axis.from) / (axis.to - axis.from)) * inner)
      const label = `<text x="${left}" y="${y + 18}" text-anchor="middle">${x.toLocaleString('en-US')}</text>`
      return `<path class="axis" d="M${left} ${y}v4"/>${label}`
    })
  const title = `<text x="${margin.left + inner / 2}" y="${y + 36}" text-anchor="middle">${escapeText(axis.title)}</text>`
  return `${marks.join('')}${title}`
}
