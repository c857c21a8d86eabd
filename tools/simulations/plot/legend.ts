import { escapeText } from './escape-text.ts'

/** The height of one row of a legend, in pixels. */
const legendRowHeight = 20
const sampleWidth = 30
const gap = 18

interface Placed extends LegendEntry {
  readonly x: number
  readonly row: number
}

/** A line of a plot, or its span. */
export interface LegendEntry {
  readonly label: string
  readonly look: string
  readonly isSpan?: boolean
}

/** The names of lines and of the span beside a sample of each, in as many rows as the width asks for. */
export interface Legend {
  readonly svg: string
  readonly height: number
}

/** Lays a legend out from a corner. */
export function legend(
  entries: readonly LegendEntry[],
  place: { readonly x: number; readonly y: number; readonly width: number },
): Legend {
  const placed: Placed[] = []
  let x = 0
  let row = 0
  for (const entry of entries) {
    const width = sampleWidth + 8 + entry.label.length * 6.6
    if (x > 0 && x + width > place.width) [x, row] = [0, row + 1]
    placed.push({ ...entry, x, row })
    x += width + gap
  }
  const svg = placed.map((entry) => entrySvg(entry, place)).join('')
  return { svg, height: (row + 1) * legendRowHeight }
}

function entrySvg(
  { label, look, isSpan, x, row }: Placed,
  from: { readonly x: number; readonly y: number },
): string {
  const left = Math.round(from.x + x)
  const middle = from.y + row * legendRowHeight + legendRowHeight / 2
  const sample =
    isSpan === true
      ? `<rect class="${look}" x="${left}" y="${middle - 7}" width="${sampleWidth}" height="14"/>`
      : `<path class="${look}" d="M${left} ${middle}h${sampleWidth}"/>`
  return `${sample}<text x="${left + sampleWidth + 8}" y="${middle + 4}">${escapeText(label)}</text>`
}
