import type { ReactNode } from 'react'
import { formatDuration } from '../shared/format/format-time.ts'
import { StateWord } from '../shared/health/state-word.tsx'
import { useLive } from '../shared/live/use-live.ts'
import { usePage } from '../shared/page-context.tsx'
import { fixedQuery, liveQuery, spanOf } from '../shared/range/range.ts'
import { useRange } from '../shared/range/use-range.ts'
import { useSetQuery } from '../shared/router/use-place.ts'

/** Follows the present or stands still. Pausing fixes the range in the address, so it can be sent on as it is. */
export function LiveSwitch(): ReactNode {
  const toggle = useLiveToggle()
  const isLive = useRange().kind === 'live'
  const { status, lagMs } = useLive()
  const words = { connecting: 'connecting', lost: 'no connection', live: `lag ${lagWords(lagMs)}` }[status]
  return (
    <span className="live">
      <button
        type="button"
        aria-pressed={isLive}
        onClick={toggle}
        title={isLive ? 'Pause' : 'Follow the present'}
      >
        {isLive ? (
          <StateWord state={liveTones[status]} word="Live" />
        ) : (
          <StateWord state="unknown" word="Paused" />
        )}
      </button>
      <span className="dim lag">{isLive ? words : ''}</span>
    </span>
  )
}

const liveTones = { connecting: 'unknown', live: 'ok', lost: 'degraded' } as const

/** A function that pauses, or follows the present again. */
export function useLiveToggle(): () => void {
  const { clock } = usePage()
  const range = useRange()
  const setQuery = useSetQuery()
  return () =>
    setQuery(range.kind === 'live' ? fixedQuery(spanOf(range, clock.now())) : liveQuery(range.preset))
}

function lagWords(lagMs: number): string {
  return lagMs < 1_000 ? `< 1 s` : formatDuration(lagMs)
}
