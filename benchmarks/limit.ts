import { circuitIsOpen, type LimitBreaker } from './limit/breaker.ts'
import { Deferred } from './limit/deferred.ts'
import { Flight, type Flights } from './limit/flight.ts'
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
 * in one: what such a stack costs when nothing is general. No events, no counters, no names, no cancelling by the
 * caller, policies in this order only. It is here to be compared with, not to be used.
 *
 * Correct means: the caller is let go at the deadline even if the work ignores its signal; a place in the
 * bulkhead is held until the work has really ended; outcomes count only in the breaker state that admitted them;
 * neither waiting for a place nor for the next attempt outlasts the total timeout.
 *
 * It is written with call-backs: an async function costs a frame and a promise for each `await`, and cannot let
 * its caller go while it waits for the work.
 */
export function limit(work: LimitWork, parts: LimitParts): Promise<unknown> {
  const generation = parts.breaker.enter(parts.flights.tick.now)
  if (generation === -1) return Promise.resolve(parts.fallback(circuitIsOpen))
  const call = new LimitCall(work, parts)
  call.attempt(generation)
  return call.promise
}

class LimitCall extends Deferred {
  readonly work: LimitWork
  readonly parts: LimitParts
  readonly end: number
  attempts = 0

  constructor(work: LimitWork, parts: LimitParts) {
    super()
    this.work = work
    this.parts = parts
    this.end = parts.flights.tick.now + parts.totalMs
  }

  attempt(generation: number): void {
    const { semaphore } = this.parts
    if (semaphore.tryTake()) return this.begin(generation)
    const waiting = new Waiting(this, generation)
    const taken = (): void => {
      if (!waiting.end(true, undefined)) semaphore.release()
    }
    if (semaphore.wait(taken)) return this.parts.flights.add(waiting)
    this.refused(generation, bulkheadIsFull)
  }

  begin(generation: number): void {
    const { flights, attemptMs, semaphore } = this.parts
    const flight = new Attempt(this, Math.min(this.end, flights.tick.now + attemptMs), generation)
    flights.add(flight)
    this.work(flight).then(
      (value) => {
        semaphore.release()
        flight.end(true, value)
      },
      (error: unknown) => {
        semaphore.release()
        flight.end(false, error)
      },
    )
  }

  failed(error: unknown): void {
    const { parts, attempts } = this
    const { tick } = parts.flights
    if (attempts === parts.maxRetries || !parts.isRetryable(error)) return this.giveUp(error)
    const delay = parts.delayMs(attempts)
    if (tick.now + delay >= this.end) return this.giveUp(error)
    this.attempts++
    if (delay === 0) this.again()
    else tick.sleep(delay).then(() => this.again(), this.reject)
  }

  /** What was refused says nothing about the dependency. */
  refused(generation: number, error: unknown): void {
    this.parts.breaker.ignore(generation)
    this.giveUp(error)
  }

  private again(): void {
    const generation = this.parts.breaker.enter(this.parts.flights.tick.now)
    if (generation === -1) this.giveUp(circuitIsOpen)
    else this.attempt(generation)
  }

  private giveUp(error: unknown): void {
    try {
      this.resolve(this.parts.fallback(error))
    } catch (failure) {
      this.reject(failure)
    }
  }
}

/** An attempt under way. */
class Attempt extends Flight {
  readonly call: LimitCall
  readonly generation: number

  constructor(call: LimitCall, deadline: number, generation: number) {
    super(deadline)
    this.call = call
    this.generation = generation
  }

  protected ended(isSuccess: boolean, payload: unknown): void {
    const { breaker, flights } = this.call.parts
    breaker.exit(this.generation, isSuccess, flights.tick.now)
    if (isSuccess) this.call.resolve(payload)
    else this.call.failed(payload)
  }
}

/** A call that waits for a place, at most until its end. */
class Waiting extends Flight {
  readonly call: LimitCall
  readonly generation: number

  constructor(call: LimitCall, generation: number) {
    super(call.end)
    this.call = call
    this.generation = generation
  }

  protected ended(hasPlace: boolean, error: unknown): void {
    if (hasPlace) this.call.begin(this.generation)
    else this.call.refused(this.generation, error)
  }
}
