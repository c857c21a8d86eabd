import { keepPreviousData, type UseQueryResult } from '@tanstack/react-query'
import type { LiveTick, PolicyListView } from 'breakwater/protocol'
import { apiPath, getJson } from '../../../shared/http/request.ts'
import { type Urgency, useLiveQuery } from '../../../shared/live/use-live-query.ts'
import { usePage } from '../../../shared/page-context.tsx'
import { rangeKey, spanOf } from '../../../shared/range/range.ts'
import { useRange } from '../../../shared/range/use-range.ts'

function urgencyOf(tick: LiveTick): Urgency {
  // A mark is what a person waits for: a breaker that opened or closed.
  if (tick.marks.length > 0) return 'now'
  return tick.changedPolicies.length > 0 ? 'soon' : 'later'
}

/** All policies of all services. */
export function usePolicies(): UseQueryResult<PolicyListView> {
  const { clock } = usePage()
  const range = useRange()
  return useLiveQuery({
    queryKey: ['policies', rangeKey(range)],
    queryFn: ({ signal }) =>
      getJson<PolicyListView>(apiPath('policies'), { ...spanOf(range, clock.now()) }, signal),
    placeholderData: keepPreviousData,
    isLive: range.kind === 'live',
    urgencyOf,
  })
}
