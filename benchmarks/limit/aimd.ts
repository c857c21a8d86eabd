import { bulkheadIsFull } from './semaphore.ts'

type Work = () => Promise<unknown>

/** A concurrency limiter alone: one more at a time for each full round of successes, a tenth less for each failure. */
export function limitAimd(initialLimit: number): (work: Work) => Promise<unknown> {
  let limit = initialLimit
  let inFlight = 0
  const succeeded = (value: unknown): unknown => {
    if (2 * inFlight-- >= limit) limit += 1 / limit
    return value
  }
  const failed = (error: unknown): never => {
    inFlight--
    limit = Math.max(1, limit * 0.9)
    throw error
  }
  return (work) => {
    if (inFlight >= limit) return listened.then(refuse)
    inFlight++
    return work().then(succeeded, failed)
  }
}

const listened = Promise.resolve()
const refuse = (): never => {
  throw bulkheadIsFull
}
