import { keepPreviousData, type UseQueryResult } from '@tanstack/react-query'
import type { LiveTick, OverviewView } from 'breakwater/protocol'
import { apiPath, getJson } from '../../../shared/http/request.ts'
import { type Urgency, useLiveQuery } from '../../../shared/live/use-live-query.ts'
import { usePage } from '../../../shared/page-context.tsx'
import { rangeKey, type Span, spanOf } from '../../../shared/range/range.ts'
import { useRange } from '../../../shared/range/use-range.ts'

function getOverview({ from, to }: Span, signal: AbortSignal): Promise<OverviewView> {
  return getJson(apiPath('overview'), { from, to }, signal)
}

function urgencyOf(tick: LiveTick): Urgency {
  // A mark is what a person waits for: a breaker that opened, a service that crashed.
  if (tick.marks.length > 0) return 'now'
  return tick.changedGroups.length + tick.changedServices.length > 0 ? 'soon' : 'later'
}

/** Everything that the first view shows, for the range in the address. */
export function useOverview(): UseQueryResult<OverviewView> {
  const { clock } = usePage()
  const range = useRange()
  return useLiveQuery({
    queryKey: ['overview', rangeKey(range)],
    queryFn: ({ signal }) => getOverview(spanOf(range, clock.now()), signal),
    placeholderData: keepPreviousData,
    isLive: range.kind === 'live',
    urgencyOf,
  })
}
