import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { SearchView } from 'breakwater/protocol'
import { apiPath, getJson } from '../../../shared/http/request.ts'

/** What is found for a text; nothing is asked for an empty one. */
export function useSearch(q: string): UseQueryResult<SearchView> {
  return useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => getJson<SearchView>(apiPath('search'), { q }, signal),
    enabled: q !== '',
  })
}
