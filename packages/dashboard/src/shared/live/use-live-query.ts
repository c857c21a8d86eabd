import { useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query'
import type { LiveTick } from 'breakwater/protocol'
import { useEffect } from 'react'
import { usePage } from '../page-context.tsx'

/** How soon a tick makes it worth asking again. */
export type Urgency = 'now' | 'soon' | 'later'

/** One request of a view that follows the present. */
export interface LiveQuery<T> extends Pick<UseQueryOptions<T>, 'queryKey' | 'queryFn' | 'placeholderData'> {
  /** False for a range that stands still. */
  readonly isLive: boolean
  /** Tells from a tick how much of what is shown it changes. Keep it the same function between renders. */
  readonly urgencyOf: (tick: LiveTick) => Urgency
}

/** How old an answer must be before a tick of that urgency makes us ask again. */
export const renewAfterMs: Readonly<Record<Urgency, number>> = { now: 900, soon: 2_900, later: 9_900 }

/** How often a request that failed is made again. */
export const retryMs = 5_000

/** A query that is asked again when the live stream says that its answer changed, and after a failure. */
export function useLiveQuery<T>({ isLive, urgencyOf, ...options }: LiveQuery<T>): UseQueryResult<T> {
  const { live, clock } = usePage()
  const query = useQuery<T>({
    ...options,
    refetchInterval: ({ state }) => (state.status === 'error' ? retryMs : false),
  })
  const { refetch, dataUpdatedAt } = query

  useEffect(() => {
    if (!isLive) return undefined
    return live.onTick((tick) => {
      // A page that nobody sees asks for nothing; the first tick after it is seen again makes up for it.
      if (document.hidden) return
      if (clock.now() - clock.fromLocal(dataUpdatedAt) >= renewAfterMs[urgencyOf(tick)])
        void refetch({ cancelRefetch: false })
    })
  }, [live, clock, isLive, urgencyOf, refetch, dataUpdatedAt])

  return query
}
