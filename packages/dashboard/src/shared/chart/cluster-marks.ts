import type { HealthState, MarkView } from 'breakwater/protocol'
import { markTone } from './mark-tone.ts'

/** Events so close together that they are drawn as one tick. */
export interface MarkCluster {
  /** Where the tick is drawn: at the first of them. */
  readonly x: number
  /** The tone that tells most: failing, then well again, then what lies between. */
  readonly tone: HealthState
}

const order: readonly HealthState[] = ['failing', 'ok', 'degraded', 'unknown']

/** Draws together what is less than `gap` apart: a breaker that flaps is one thick spot, not a curtain. */
export function clusterMarks(
  marks: readonly MarkView[],
  { gap, xOf }: { readonly gap: number; readonly xOf: (at: number) => number },
): MarkCluster[] {
  const clusters: { x: number; tone: HealthState }[] = []
  for (const mark of [...marks].sort((a, b) => a.at - b.at)) {
    const x = xOf(mark.at)
    const tone = markTone(mark.type)
    const last = clusters.at(-1)
    if (!last || x - last.x >= gap) clusters.push({ x, tone })
    else if (order.indexOf(tone) < order.indexOf(last.tone)) last.tone = tone
  }
  return clusters
}
