import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { LabView } from 'breakwater/protocol'
import { apiPath, getJson } from '../../../shared/http/request.ts'

const renewMs = 1_000

/** Everything that the lab shows, renewed each second. */
export function useLab(): UseQueryResult<LabView> {
  return useQuery({
    queryKey: ['lab'],
    queryFn: ({ signal }) => getJson<LabView>(apiPath('lab'), {}, signal),
    refetchInterval: renewMs,
  })
}
