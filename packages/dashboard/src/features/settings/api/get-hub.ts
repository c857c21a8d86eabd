import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { HubStatus } from 'breakwater/protocol'
import { apiPath, getJson } from '../../../shared/http/request.ts'
import { retryMs } from '../../../shared/live/use-live-query.ts'
import { usePage } from '../../../shared/page-context.tsx'

const renewMs = 10_000

/** What the hub says of itself; sets the page's clock by the hub's. */
export function useHub(): UseQueryResult<HubStatus> {
  const { clock } = usePage()
  return useQuery({
    queryKey: ['hub'],
    queryFn: async ({ signal }) => {
      const hub = await getJson<HubStatus>(apiPath('hub'), {}, signal)
      clock.adjust(hub.now)
      return hub
    },
    refetchInterval: ({ state }) => (state.status === 'error' ? retryMs : renewMs),
  })
}
