import type { UseQueryResult } from '@tanstack/react-query'
import type { GroupDetailView, LiveTick } from 'breakwater/protocol'
import { useCallback } from 'react'
import { apiPath, getJson } from '../../../shared/http/request.ts'
import { type Urgency, useLiveQuery } from '../../../shared/live/use-live-query.ts'
import { usePage } from '../../../shared/page-context.tsx'
import { rangeKey, spanOf } from '../../../shared/range/range.ts'
import { useRange } from '../../../shared/range/use-range.ts'

/** One group with its examples. */
export function useGroup(id: string): UseQueryResult<GroupDetailView> {
  const { clock } = usePage()
  const range = useRange()
  const urgencyOf = useCallback(
    (tick: LiveTick): Urgency => (tick.changedGroups.includes(id) ? 'soon' : 'later'),
    [id],
  )
  return useLiveQuery({
    queryKey: ['group', id, rangeKey(range)],
    queryFn: ({ signal }) =>
      getJson<GroupDetailView>(apiPath('groups', id), { ...spanOf(range, clock.now()) }, signal),
    placeholderData: (previous) => (previous?.id === id ? previous : undefined),
    isLive: range.kind === 'live',
    urgencyOf,
  })
}
