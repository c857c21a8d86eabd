import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { formatClock } from '../format/format-time.ts'
import { RequestError } from '../http/request.ts'
import { Empty } from './empty.tsx'
import { usePage } from '../page-context.tsx'
import { retryMs } from '../live/use-live-query.ts'

/** What a view needs to show the states of its request. */
export interface QueryViewProps<T> {
  readonly query: UseQueryResult<T>
  /** What is asked for, with its article: `the services`. */
  readonly what: string
  readonly children: (answer: T) => ReactNode
}

/** Shows an answer, or in words that it is awaited or could not be had; an old answer stays when a new one fails. */
export function QueryView<T>({ query, what, children }: QueryViewProps<T>): ReactNode {
  const since = useFailingSince(query.isError)
  if (query.error instanceof RequestError && query.error.status === 404) {
    return <Empty>The hub does not know {what}, or no longer: what is old is removed.</Empty>
  }
  const failure = query.isError ? <Failure what={what} since={since} query={query} /> : null
  if (query.data === undefined) return failure ?? <Loading what={what} />
  return (
    <>
      {failure}
      {children(query.data)}
    </>
  )
}

function Loading({ what }: { readonly what: string }): ReactNode {
  return (
    <p className="notice notice-loading" role="status">
      Loading {what}…
    </p>
  )
}

interface FailureProps {
  readonly what: string
  readonly since: number | null
  readonly query: UseQueryResult<unknown>
}

function Failure({ what, since, query }: FailureProps): ReactNode {
  const hasOld = query.data !== undefined
  return (
    <div className="notice notice-failed" role="alert">
      <p>
        <strong>Could not load {what}</strong>
        {since === null ? '' : ` since ${formatClock(since)}`}.{' '}
        {query.error?.message ?? 'The reason is unknown'}.{' '}
        {hasOld ? `What is shown is from ${formatClock(query.dataUpdatedAt)}. ` : ''}
        The page asks again every {retryMs / 1000} s.
      </p>
      <button type="button" onClick={() => void query.refetch()} aria-busy={query.isFetching}>
        {query.isFetching ? 'Asking…' : 'Try now'}
      </button>
    </div>
  )
}

function useFailingSince(isFailing: boolean): number | null {
  const { clock } = usePage()
  const [since, setSince] = useState<number | null>(null)
  if (isFailing && since === null) setSince(clock.now())
  if (!isFailing && since !== null) setSince(null)
  return since
}
