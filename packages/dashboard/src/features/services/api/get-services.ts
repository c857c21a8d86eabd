import { keepPreviousData, type UseQueryResult } from '@tanstack/react-query'
import type { LiveTick, ServiceListView } from 'breakwater/protocol'
import { apiPath, getJson } from '../../../shared/http/request.ts'
import { type Urgency, useLiveQuery } from '../../../shared/live/use-live-query.ts'
import { usePage } from '../../../shared/page-context.tsx'
import { rangeKey, spanOf } from '../../../shared/range/range.ts'
import { useRange } from '../../../shared/range/use-range.ts'

function urgencyOf(tick: LiveTick): Urgency {
  return tick.changedServices.length > 0 ? 'soon' : 'later'
}

/** All services with their figures in the range. */
export function useServices(): UseQueryResult<ServiceListView> {
  const { clock } = usePage()
  const range = useRange()
  return useLiveQuery({
    queryKey: ['services', rangeKey(range)],
    queryFn: ({ signal }) =>
      getJson<ServiceListView>(apiPath('services'), { ...spanOf(range, clock.now()) }, signal),
    placeholderData: keepPreviousData,
    isLive: range.kind === 'live',
    urgencyOf,
  })
}
