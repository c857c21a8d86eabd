import type { StripSegment } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { formatClock } from '../format/format-time.ts'
import { stateWord, stripTone } from '../health/health-glyph.ts'
import { placeSegments, stripSummary } from './place-segments.ts'

/** The states that a breaker was in over the range: one strip, state by colour and by words on hover. */
export function HistoryStrip({ strip }: { readonly strip: readonly StripSegment[] }): ReactNode {
  return (
    <div className="strip" role="img" aria-label={`History: ${stripSummary(strip)}`}>
      {placeSegments(strip).map(({ segment, startPercent, widthPercent }) => (
        <i
          key={segment.from}
          className={`tone-${stripTone(segment.state).tone} strip-${segment.state}`}
          style={{ left: `${startPercent}%`, width: `${widthPercent}%` }}
          title={`${stateWord(segment.state)} ${formatClock(segment.from)} – ${formatClock(segment.to)}`}
        />
      ))}
    </div>
  )
}
