import type { MarkView } from 'breakwater/protocol'
import type uPlot from 'uplot'
import { clusterMarks, type MarkCluster } from './cluster-marks.ts'
import { readColor } from './read-color.ts'

const gapPx = 8

/** Draws events as vertical ticks with a head, over the lines; those close together as one. */
export function marksPlugin(marks: () => readonly MarkView[]): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        const xOf = (at: number): number => Math.round(plot.valToPos(at, 'x', true))
        for (const cluster of clusterMarks(marks(), { gap: gapPx * devicePixelRatio, xOf }))
          drawMark(plot, cluster)
      },
    },
  }
}

function drawMark(plot: uPlot, { x, tone }: MarkCluster): void {
  const { ctx, bbox } = plot
  if (x < bbox.left || x > bbox.left + bbox.width) return
  const scale = devicePixelRatio
  ctx.save()
  ctx.strokeStyle = ctx.fillStyle = readColor(plot.root, tone)
  ctx.lineWidth = scale
  ctx.globalAlpha = 0.5
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
