import type { MarkView } from 'breakwater/protocol'
import type uPlot from 'uplot'
import { formatClock } from '../format/format-time.ts'
import { markTone } from './mark-tone.ts'

/** What the text beside the pointer is made of. */
export interface TooltipSource {
  /** Label and value of each line at an index. */
  rowsAt(index: number): readonly (readonly [string, string])[]
  marks(): readonly MarkView[]
}

const nearPx = 6
const maxMarks = 4

/** Shows the figures, and what the marks close by mean, beside the pointer. */
export function tooltipPlugin(source: TooltipSource): uPlot.Plugin {
  const box = document.createElement('div')
  box.className = 'tooltip'
  box.hidden = true
  let isInside = false

  return {
    hooks: {
      init: (plot) => {
        plot.over.append(box)
        plot.over.addEventListener('mouseenter', () => (isInside = true))
        plot.over.addEventListener('mouseleave', () => {
          isInside = false
          box.hidden = true
        })
      },
      setCursor: (plot) => {
        const { idx, left = -1 } = plot.cursor
        box.hidden = !isInside || left < 0
        if (box.hidden) return
        const rows = typeof idx === 'number' ? source.rowsAt(idx) : []
        const at =
          typeof idx === 'number' ? (plot.data[0][idx] ?? plot.posToVal(left, 'x')) : plot.posToVal(left, 'x')
        box.replaceChildren(
          line('time', formatClock(at)),
          ...rows.map(pair),
          ...near(plot, left, source.marks()),
        )
        place(box, plot, left)
      },
    },
  }
}

function near(plot: uPlot, left: number, marks: readonly MarkView[]): HTMLElement[] {
  const close = marks.filter((mark) => Math.abs(plot.valToPos(mark.at, 'x') - left) <= nearPx)
  const lines = close
    .slice(0, maxMarks)
    .map((mark) =>
      line(`mark state-${markTone(mark.type)}`, `${formatClock(mark.at)} ${mark.service}: ${mark.message}`),
    )
  return close.length > maxMarks ? [...lines, line('label', `and ${close.length - maxMarks} more`)] : lines
}

function place(box: HTMLElement, plot: uPlot, left: number): void {
  const isRight = left > plot.over.clientWidth / 2
  box.style.left = isRight ? '' : `${left + 12}px`
  box.style.right = isRight ? `${plot.over.clientWidth - left + 12}px` : ''
}

function pair([label, value]: readonly [string, string]): HTMLElement {
  const row = line('pair', '')
  row.append(line('label', label), line('value', value))
  return row
}

function line(className: string, text: string): HTMLElement {
  const element = document.createElement('div')
  element.className = className
  element.textContent = text
  return element
}
