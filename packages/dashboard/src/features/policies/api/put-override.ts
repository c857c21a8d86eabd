import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query'
import type { Override, OverrideMode } from 'breakwater/protocol'
import { apiPath, sendJson } from '../../../shared/http/request.ts'

/** An order to a breaker. */
export interface OverrideOrder {
  readonly service: string
  readonly policy: string
  readonly mode: OverrideMode
  readonly reason: string
  readonly by: string
}

function putOverride({ service, policy, ...order }: OverrideOrder): Promise<Override> {
  return sendJson('PUT', apiPath('overrides', service, policy), order)
}

/** Orders a breaker to a mode; what shows breakers is asked for again. */
export function useOverrideOrder(): UseMutationResult<Override, Error, OverrideOrder> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: putOverride,
    onSuccess: async () => {
      const keys = ['policies', 'audit', 'overview', 'service']
      await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })))
    },
  })
}
