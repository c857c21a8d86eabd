import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query'
import type { LabFault, LabFaultOrder } from 'breakwater/protocol'
import { apiPath, sendJson } from '../../../shared/http/request.ts'

/** Starts a fault. */
export function useStartFault(): UseMutationResult<LabFault, Error, LabFaultOrder> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (order) => sendJson<LabFault>('POST', apiPath('lab', 'faults'), order),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lab'] }),
  })
}
