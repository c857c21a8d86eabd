import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { AuditView } from 'breakwater/protocol'
import { apiPath, getJson } from '../../../shared/http/request.ts'
import { retryMs } from '../../../shared/live/use-live-query.ts'

const renewMs = 10_000

/** The newest lines of the audit trail. */
export function useAudit(): UseQueryResult<AuditView> {
  return useQuery({
    queryKey: ['audit'],
    queryFn: ({ signal }) => getJson<AuditView>(apiPath('audit'), { limit: 100 }, signal),
    refetchInterval: ({ state }) => (state.status === 'error' ? retryMs : renewMs),
  })
}
