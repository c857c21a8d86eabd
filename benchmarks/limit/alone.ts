import type { Tick } from '../clock/coarse-tick.ts'
import { circuitIsOpen, type LimitBreaker } from './breaker.ts'
import { bulkheadIsFull, type LimitSemaphore } from './semaphore.ts'

/** The work is an async function: it never throws at once. */
type Work = () => Promise<unknown>
type Protect = (work: Work) => Promise<unknown>

/**
 * Retry alone, as little as it can be. It gives the promise that `then` makes of the work's, as all here do: that is
 * cheaper than the frame of an async function, and than a promise settled from outside.
 */
export function limitRetry(maxRetries: number, isRetryable: (error: unknown) => boolean): Protect {
  const attempt = (work: Work, retries: number): Promise<unknown> =>
    work().then(undefined, (error: unknown) => {
      if (retries === maxRetries || !isRetryable(error)) throw error
      return attempt(work, retries + 1)
    })
  return (work) => attempt(work, 0)
}

/** A circuit breaker alone. */
export function limitBreaker(breaker: LimitBreaker, tick: Tick): Protect {
  let outcomes = outcomesOf(breaker, tick, -1)
  return (work) => {
    const generation = breaker.enter(tick.now)
    if (generation === -1) return listened.then(refuse)
    if (generation !== outcomes.generation) outcomes = outcomesOf(breaker, tick, generation)
    return work().then(outcomes.succeeded, outcomes.failed)
  }
}

/** A promise that is rejected at once costs twice as much as one that somebody listens to before it is. */
const listened = Promise.resolve()
const refuse = (): never => {
  throw circuitIsOpen
}

/** The handlers of all calls that one state of the breaker admits. */
interface Outcomes {
  readonly generation: number
  readonly succeeded: (value: unknown) => unknown
  readonly failed: (error: unknown) => never
}

function outcomesOf(breaker: LimitBreaker, tick: Tick, generation: number): Outcomes {
  return {
    generation,
    succeeded: (value) => {
      breaker.exit(generation, true, tick.now)
      return value
    },
    failed: (error) => {
      breaker.exit(generation, false, tick.now)
      throw error
    },
  }
}

/** A bulkhead alone. */
export function limitBulkhead(semaphore: LimitSemaphore): Protect {
  const succeeded = (value: unknown): unknown => {
    semaphore.release()
    return value
  }
  const failed = (error: unknown): never => {
    semaphore.release()
    throw error
  }
  return (work) => {
    if (semaphore.tryTake()) return work().then(succeeded, failed)
    return placeOf(semaphore).then(() => work().then(succeeded, failed))
  }
}

function placeOf(semaphore: LimitSemaphore): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!semaphore.wait(resolve)) reject(bulkheadIsFull)
  })
}

/** A fallback alone. */
export function limitFallback(answer: (error: unknown) => unknown): Protect {
  return (work) => work().then(undefined, answer)
}
