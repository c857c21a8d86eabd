import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query'
import { apiPath, sendJson } from '../../../shared/http/request.ts'

/** Starts the tour (true) or ends it (false). */
export function useSwitchTour(): UseMutationResult<undefined, Error, boolean> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (isOn) => sendJson<undefined>(isOn ? 'POST' : 'DELETE', apiPath('lab', 'tour')),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lab'] }),
  })
}
