import pRetry from 'p-retry'
import { isWorthRetrying, type Work } from '../harness/work.ts'

/** Retries without a delay. */
export function pRetryOf(work: Work, maxRetries: number): () => Promise<unknown> {
  const options = {
    ...{ retries: maxRetries, minTimeout: 0 },
    shouldRetry: ({ error }: { readonly error: Error }) => isWorthRetrying(error),
  }
  return () => pRetry(work, options)
}
