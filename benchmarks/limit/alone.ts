import { circuitIsOpen, type LimitBreaker } from './breaker.ts'
import { Deferred } from './deferred.ts'
import { Flight, type Flights } from './flight.ts'
import { bulkheadIsFull, type LimitSemaphore } from './semaphore.ts'

type Work = (context: Flight) => Promise<unknown>
type PlainWork = () => Promise<unknown>

/** Retry alone, as little as it can be. */
export async function limitRetry(
  work: PlainWork,
  maxRetries: number,
  isRetryable: (error: unknown) => boolean,
): Promise<unknown> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === maxRetries || !isRetryable(error)) throw error
    }
  }
}

/** A circuit breaker alone. */
export async function limitBreaker(
  work: PlainWork,
  breaker: LimitBreaker,
  tick: { readonly now: number },
): Promise<unknown> {
  const generation = breaker.enter(tick.now)
  if (generation === -1) throw circuitIsOpen
  try {
    const value = await work()
    breaker.exit(generation, true, tick.now)
    return value
  } catch (error) {
    breaker.exit(generation, false, tick.now)
    throw error
  }
}

/** A timeout alone: the caller is let go at the deadline, whatever the work does. */
export function limitTimeout(work: Work, ms: number, flights: Flights): Promise<unknown> {
  const flight = new PromisedFlight(flights.tick.now + ms)
  flights.add(flight)
  work(flight).then(
    (value) => flight.end(true, value),
    (error: unknown) => flight.end(false, error),
  )
  return flight.deferred.promise
}

class PromisedFlight extends Flight {
  readonly deferred = new Deferred()

  protected ended(isSuccess: boolean, payload: unknown): void {
    if (isSuccess) this.deferred.resolve(payload)
    else this.deferred.reject(payload)
  }
}

/** A bulkhead alone. */
export async function limitBulkhead(work: PlainWork, semaphore: LimitSemaphore): Promise<unknown> {
  if (!semaphore.tryTake()) await placeOf(semaphore)
  try {
    return await work()
  } finally {
    semaphore.release()
  }
}

function placeOf(semaphore: LimitSemaphore): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!semaphore.wait(resolve)) reject(bulkheadIsFull)
  })
}

/** A fallback alone. */
export async function limitFallback(work: PlainWork, answer: (error: unknown) => unknown): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    return answer(error)
  }
}
