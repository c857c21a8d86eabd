import type { StripSegment } from 'breakwater/protocol'
import { formatDuration } from '../format/format-time.ts'
import { stateWord } from '../health/health-glyph.ts'

/** A stretch of history and where it lies on the strip. */
export interface PlacedSegment {
  readonly segment: StripSegment
  readonly startPercent: number
  readonly widthPercent: number
}

/** Places the stretches of a history on a strip of its whole length; one without length is left out. */
export function placeSegments(strip: readonly StripSegment[]): PlacedSegment[] {
  const from = strip[0]?.from ?? 0
  const wholeMs = (strip.at(-1)?.to ?? 0) - from
  if (wholeMs <= 0) return []
  return strip
    .filter((segment) => segment.to > segment.from)
    .map((segment) => ({
      segment,
      startPercent: ((segment.from - from) / wholeMs) * 100,
      widthPercent: ((segment.to - segment.from) / wholeMs) * 100,
    }))
}

/** A history in words: how long it was in each state, in the order of their first time. */
export function stripSummary(strip: readonly StripSegment[]): string {
  const spent = new Map<StripSegment['state'], number>()
  for (const { state, from, to } of strip) spent.set(state, (spent.get(state) ?? 0) + Math.max(0, to - from))
  if (spent.size === 0) return 'No history in this range'
  const parts = [...spent].map(([state, ms]) => `${stateWord(state)} for ${formatDuration(ms)}`)
  return capital(parts.join(', '))
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
