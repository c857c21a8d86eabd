import type { MarkView } from 'breakwater/protocol'
import type uPlot from 'uplot'
import { markTone } from './mark-tone.ts'
import { readColor } from './read-color.ts'

/** Draws each event as a vertical tick with a head, over the lines. */
export function marksPlugin(marks: () => readonly MarkView[]): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        for (const mark of marks()) drawMark(plot, mark)
      },
    },
  }
}

function drawMark(plot: uPlot, mark: MarkView): void {
  const { ctx, bbox } = plot
  const x = Math.round(plot.valToPos(mark.at, 'x', true))
  if (x < bbox.left || x > bbox.left + bbox.width) return
  const scale = devicePixelRatio
  ctx.save()
  ctx.strokeStyle = ctx.fillStyle = readColor(plot.root, markTone(mark.type))
  ctx.lineWidth = scale
  ctx.globalAlpha = 0.55
  ctx.setLineDash([2 * scale, 2 * scale])
  ctx.beginPath()
  ctx.moveTo(x + 0.5, bbox.top)
  ctx.lineTo(x + 0.5, bbox.top + bbox.height)
  ctx.stroke()
  ctx.globalAlpha = 1
  ctx.beginPath()
  ctx.moveTo(x - 4 * scale, bbox.top - 6 * scale)
  ctx.lineTo(x + 4 * scale, bbox.top - 6 * scale)
  ctx.lineTo(x, bbox.top)
  ctx.fill()
  ctx.restore()
}
