/** One bar: a contestant. */
export interface Bar {
  readonly label: string
  readonly value: number
  /** How the value is written at the end of the bar. */
  readonly text: string
  /** Drawn in the colour that stands out. */
  readonly isOurs: boolean
}

/** Bars that are compared with each other: a case. */
export interface BarGroup {
  readonly title: string
  readonly bars: readonly Bar[]
}

/** A chart of horizontal bars. */
export interface BarChart {
  readonly title: string
  readonly groups: readonly BarGroup[]
}

const width = 760
const labelWidth = 190
const valueWidth = 90
const rowHeight = 22
const groupHeight = 34
const titleHeight = 40

/**
 * Draws the chart as SVG. Lengths are logarithmic, from 1 on, because contestants differ a hundredfold; the values are written out.
 * It brings its own background, light or dark as the reader's system is, so that its text can be read on any page.
 */
export function barChartSvg({ title, groups }: BarChart): string {
  const longest = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => lengthOf(value))), 1e-9)
  const parts: string[] = []
  let top = titleHeight
  for (const group of groups) {
    parts.push(groupSvg(group, top, longest))
    top += groupHeight + group.bars.length * rowHeight
  }
  const height = top + 12
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    style,
    `<rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    `<text class="title" x="16" y="26">${escaped(title)}</text>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}

const style = `<style>
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-size: 15px; font-weight: 600 }
  .case { font-weight: 600 }
  .ground { fill: #ffffff; stroke: #d0d7de }
  .bar { fill: #8c959f }
  .ours { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .ground { fill: #0d1117; stroke: #30363d }
    .bar { fill: #6e7681 }
    .ours { fill: #2f81f7 }
  }
</style>`

function groupSvg({ title, bars }: BarGroup, top: number, longest: number): string {
  const rows = bars.map((bar, index) => barSvg(bar, top + groupHeight + index * rowHeight, longest))
  return [`<text class="case" x="16" y="${top + 24}">${escaped(title)}</text>`, ...rows].join('\n')
}

function barSvg({ label, value, text, isOurs }: Bar, top: number, longest: number): string {
  const room = width - labelWidth - valueWidth
  const length = Math.max((room * lengthOf(value)) / longest, 2)
  const baseline = top + 14
  return [
    `<text x="${labelWidth - 8}" y="${baseline}" text-anchor="end">${escaped(label)}</text>`,
    `<rect class="${isOurs ? 'ours' : 'bar'}" x="${labelWidth}" y="${top + 2}" width="${length.toFixed(1)}" height="${rowHeight - 6}" rx="2"/>`,
    `<text x="${(labelWidth + length + 8).toFixed(1)}" y="${baseline}">${escaped(text)}</text>`,
  ].join('\n')
}

/** 0 for 1 and below. */
function lengthOf(value: number): number {
  return Math.log10(Math.max(value, 1))
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
