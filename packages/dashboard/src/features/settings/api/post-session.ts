import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query'
import { apiPath, sendJson } from '../../../shared/http/request.ts'
import { usePage } from '../../../shared/page-context.tsx'

/** Gives the hub its token, which then lives in a cookie that no script can read, and asks for everything anew. */
export function useSession(): UseMutationResult<undefined, Error, string> {
  const client = useQueryClient()
  const { live } = usePage()
  return useMutation({
    mutationFn: (token: string) => sendJson<undefined>('POST', apiPath('session'), { token }),
    onSuccess: async () => {
      live.reconnect()
      await client.resetQueries()
    },
  })
}
