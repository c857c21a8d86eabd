import { circuitIsOpen, type LimitBreaker } from './limit/breaker.ts'
import type { Flight, Flights } from './limit/flight.ts'
import { bulkheadIsFull, type LimitSemaphore } from './limit/semaphore.ts'

/** What the fused function is made of. */
export interface LimitParts {
  readonly flights: Flights
  readonly breaker: LimitBreaker
  readonly semaphore: LimitSemaphore
  readonly totalMs: number
  readonly attemptMs: number
  readonly maxRetries: number
  readonly delayMs: (attempt: number) => number
  readonly isRetryable: (error: unknown) => boolean
  readonly fallback: (error: unknown) => unknown
}

/** The work, given something with a lazy `signal`: an async function, so it never throws at once. */
export type LimitWork = (context: { readonly signal: AbortSignal }) => Promise<unknown>

/**
 * The least code that is a correct fallback, total timeout, retry, circuit breaker, bulkhead and attempt timeout
 * in one async function: what such a stack costs when nothing is general. No events, no counters, no names, no
 * cancelling by the caller, policies in this order only. It is here to be compared with, not to be used.
 *
 * Correct means: the caller is let go at the deadline even if the work ignores its signal; a place in the
 * bulkhead is held until the work has really ended; outcomes count only in the breaker state that admitted them;
 * neither waiting for a place nor for the next attempt outlasts the total timeout.
 */
export async function limit(work: LimitWork, parts: LimitParts): Promise<unknown> {
  const { flights, breaker, semaphore } = parts
  const { tick } = flights
  const end = tick.now + parts.totalMs
  for (let attempt = 0; ; attempt++) {
    const generation = breaker.enter(tick.now)
    if (generation === -1) return parts.fallback(circuitIsOpen)
    try {
      if (!semaphore.tryTake()) await waitForPlace(parts, end)
      const flight = flights.start(Math.min(end, tick.now + parts.attemptMs))
      follow(work, flight, semaphore)
      const value = await flight.promise
      breaker.exit(generation, true, tick.now)
      return value
    } catch (error) {
      if (error === bulkheadIsFull) return refused(generation, parts)
      breaker.exit(generation, false, tick.now)
      const delay = parts.delayMs(attempt)
      if (attempt === parts.maxRetries || !parts.isRetryable(error) || tick.now + delay >= end)
        return parts.fallback(error)
      if (delay > 0) await tick.sleep(delay)
    }
  }
}

/** A full bulkhead says nothing about the dependency, and is not retried. */
function refused(generation: number, { breaker, fallback }: LimitParts): unknown {
  breaker.ignore(generation)
  return fallback(bulkheadIsFull)
}

function follow(work: LimitWork, flight: Flight, semaphore: LimitSemaphore): void {
  work(flight).then(
    (value) => {
      semaphore.release()
      flight.land(value)
    },
    (error: unknown) => {
      semaphore.release()
      flight.crash(error)
    },
  )
}

/** A place that comes after the deadline is given back. */
function waitForPlace({ semaphore, flights }: LimitParts, end: number): Promise<unknown> {
  const flight = flights.start(end)
  let isLate = false
  flight.promise.catch(() => {
    isLate = true
  })
  semaphore.wait().then(
    () => (isLate ? semaphore.release() : flight.land(undefined)),
    (error: unknown) => flight.crash(error),
  )
  return flight.promise
}
