import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query'
import { apiPath, sendJson } from '../../../shared/http/request.ts'

/** Ends a fault, or all of them when no id is given. */
export function useStopFault(): UseMutationResult<undefined, Error, string | null> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id) =>
      sendJson<undefined>('DELETE', id === null ? apiPath('lab', 'faults') : apiPath('lab', 'faults', id)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lab'] }),
  })
}
