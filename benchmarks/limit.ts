import { circuitIsOpen, type LimitBreaker } from './limit/breaker.ts'
import { LimitContext } from './limit/context.ts'
import { Flight, type Flights, tookTooLong } from './limit/flight.ts'
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
 * Nearly all of what it costs is the promise that it gives, settled from outside so that the caller can be let go,
 * and the two handlers on the promise of the work. An async function would cost more, and could not let go.
 */
export function limit(parts: LimitParts): (work: LimitWork) => Promise<unknown> {
  const idle: LimitCall[] = []
  return (work) => {
    const { now } = parts.flights.tick
    const generation = parts.breaker.enter(now)
    if (generation === -1) return answered(parts, circuitIsOpen)
    const promise = new Promise(capture)
    const call = idle.pop() ?? new LimitCall(parts, idle)
    call.start(work, now + parts.totalMs, generation)
    return promise
  }
}

function answered({ fallback }: LimitParts, error: unknown): Promise<unknown> {
  try {
    return Promise.resolve(fallback(error))
  } catch (failure) {
    return Promise.reject(failure)
  }
}

let resolveOfLast: (value: unknown) => void

/** One executor for all promises. Rejecting is rare, and done by resolving with a promise that is rejected. */
function capture(resolve: (value: unknown) => void): void {
  resolveOfLast = resolve
}

const nobody = (): void => undefined

/**
 * A call and its attempt. When the work of the attempt has ended, nothing can reach the object any more and it is used
 * again. When it expires, the work or the queue may still call back: then another object goes on with the call.
 */
class LimitCall extends Flight {
  readonly #parts: LimitParts
  readonly #idle: LimitCall[]
  #work: LimitWork | undefined = undefined
  /** Undefined while it waits for a place. */
  #context: LimitContext | undefined = undefined
  #resolve: (value: unknown) => void = nobody
  #generation = 0
  #attempts = 0
  #end = 0

  constructor(parts: LimitParts, idle: LimitCall[]) {
    super()
    this.#parts = parts
    this.#idle = idle
  }

  start(work: LimitWork, end: number, generation: number): void {
    this.#work = work
    this.#end = end
    this.#attempts = 0
    this.#resolve = resolveOfLast
    this.#attempt(generation)
  }

  expired(): void {
    const { breaker, flights } = this.#parts
    const heir = this.#heir()
    if (this.#context === undefined) {
      breaker.ignore(this.#generation)
      return heir.#giveUp(tookTooLong)
    }
    this.#context.abort()
    breaker.exit(this.#generation, false, flights.tick.now)
    heir.#next(tookTooLong)
  }

  #attempt(generation: number): void {
    const { breaker, flights, semaphore } = this.#parts
    this.#generation = generation
    if (semaphore.tryTake()) return this.#begin()
    this.#context = undefined
    if (semaphore.wait(() => this.#taken())) return flights.add(this, this.#end)
    breaker.ignore(generation)
    this.#giveUp(bulkheadIsFull)
  }

  #taken(): void {
    if (!this.isUnderWay) return this.#parts.semaphore.release()
    this.land()
    this.#begin()
  }

  #begin(): void {
    const { attemptMs, flights } = this.#parts
    const deadline = flights.tick.now + attemptMs
    flights.add(this, deadline < this.#end ? deadline : this.#end)
    const work = this.#work as LimitWork
    const context = new LimitContext()
    this.#context = context
    work(context).then(this.#succeeded, this.#failed)
  }

  readonly #succeeded = (value: unknown): void => {
    if (!this.#ends(true)) return
    const resolve = this.#resolve
    this.#free()
    resolve(value)
  }

  readonly #failed = (error: unknown): void => {
    if (this.#ends(false)) this.#next(error)
  }

  /** The work has ended; false when the caller was let go before. */
  #ends(isSuccess: boolean): boolean {
    const { breaker, flights, semaphore } = this.#parts
    semaphore.release()
    if (!this.isUnderWay) return false
    this.land()
    breaker.exit(this.#generation, isSuccess, flights.tick.now)
    return true
  }

  #next(error: unknown): void {
    const { delayMs, flights, isRetryable, maxRetries } = this.#parts
    if (this.#attempts === maxRetries || !isRetryable(error)) return this.#giveUp(error)
    const delay = delayMs(this.#attempts)
    if (flights.tick.now + delay >= this.#end) return this.#giveUp(error)
    this.#attempts++
    if (delay === 0) this.#again()
    else void flights.tick.sleep(delay).then(() => this.#again())
  }

  #again(): void {
    const { breaker, flights } = this.#parts
    const generation = breaker.enter(flights.tick.now)
    if (generation === -1) this.#giveUp(circuitIsOpen)
    else this.#attempt(generation)
  }

  #giveUp(error: unknown): void {
    const resolve = this.#resolve
    this.#free()
    resolve(answered(this.#parts, error))
  }

  #heir(): LimitCall {
    const heir = this.#idle.pop() ?? new LimitCall(this.#parts, this.#idle)
    heir.#work = this.#work
    heir.#end = this.#end
    heir.#attempts = this.#attempts
    heir.#resolve = this.#resolve
    return heir
  }

  #free(): void {
    this.#work = undefined
    this.#context = undefined
    this.#resolve = nobody
    this.#idle.push(this)
  }
}
