import pRetry from 'p-retry'
import type { Trial } from '../harness/compare.ts'
import { isWorthRetrying, type Work } from '../harness/work.ts'
import { opossumOf, opossumTrial } from './opossum.ts'
import { answer, stackSettings } from './stack-settings.ts'

const { attemptMs, delayMs, limit, maxDelayMs, maxRetries } = stackSettings
const options = { timeout: attemptMs, capacity: limit }

/** What opossum has of it: fallback, one timeout, breaker, bulkhead without a queue. */
export function opossumStack(work: Work): Trial {
  return opossumTrial(opossumOf(work, options).fallback(answer))
}

/** The same with an open circuit. */
export function openOpossumStack(work: Work): Trial {
  const breaker = opossumOf(work, options).fallback(answer)
  breaker.open()
  return opossumTrial(breaker)
}

/** Retries of p-retry around opossum, the fallback by hand around both: inside, it would hide failures from the retries. */
export function opossumInPRetry(work: Work): Trial {
  const breaker = opossumOf(work, options)
  const retries = {
    ...{ retries: maxRetries, minTimeout: delayMs, maxTimeout: maxDelayMs },
    shouldRetry: ({ error }: { readonly error: Error }) => isWorthRetrying(error) && breaker.closed,
  }
  const attempt = (): Promise<unknown> => breaker.fire()
  return { call: () => pRetry(attempt, retries).catch(answer), dispose: () => breaker.shutdown() }
}

/** The same with an open circuit. */
export function openOpossumInPRetry(work: Work): Trial {
  const breaker = opossumOf(work, options)
  breaker.open()
  const retries = { retries: maxRetries, shouldRetry: () => breaker.closed }
  const attempt = (): Promise<unknown> => breaker.fire()
  return { call: () => pRetry(attempt, retries).catch(answer), dispose: () => breaker.shutdown() }
}
