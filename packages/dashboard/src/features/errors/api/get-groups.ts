import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query'
import type { GroupListView } from 'breakwater/protocol'
import { useEffect } from 'react'
import { apiPath, getJson, type Params } from '../../../shared/http/request.ts'
import { renewAfterMs, retryMs } from '../../../shared/live/use-live-query.ts'
import { usePage } from '../../../shared/page-context.tsx'
import { rangeKey, spanOf } from '../../../shared/range/range.ts'
import { useRange } from '../../../shared/range/use-range.ts'
import type { GroupFilters } from '../model/group-filters.ts'

const pageSize = 100

function getGroups(params: Params, signal: AbortSignal): Promise<GroupListView> {
  return getJson(apiPath('groups'), { ...params, limit: pageSize }, signal)
}

/** The groups in the range that match, page by page. */
export function useGroups(filters: GroupFilters): UseInfiniteQueryResult<InfiniteData<GroupListView>> {
  const { clock, live } = usePage()
  const range = useRange()
  const query = useInfiniteQuery({
    queryKey: ['groups', rangeKey(range), filters],
    queryFn: ({ pageParam, signal }) =>
      getGroups({ ...spanOf(range, clock.now()), ...filters, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.status === 'error' ? retryMs : false),
  })
  const { refetch, dataUpdatedAt } = query

  useEffect(() => {
    if (range.kind !== 'live') return undefined
    return live.onTick((tick) => {
      if (document.hidden) return
      const waitMs = renewAfterMs[tick.changedGroups.length > 0 ? 'soon' : 'later']
      if (clock.now() - clock.fromLocal(dataUpdatedAt) >= waitMs) void refetch({ cancelRefetch: false })
    })
  }, [live, clock, range.kind, refetch, dataUpdatedAt])

  return query
}
