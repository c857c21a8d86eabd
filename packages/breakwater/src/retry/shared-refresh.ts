import type { Timer } from '../clock/clock.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import type { PreparationRequest, RetryPreparation } from './retry-rule.ts'

/** What a refresh is told. */
export interface RefreshContext {
  /** Aborts when nobody waits for it any more, and when it takes too long. */
  readonly signal: AbortSignal
  /** The operation of the call that asked first. */
  readonly operation: string
  /** The error of that call. */
  readonly error: unknown
}

/** Gets new credentials; what it gives is not looked at. */
export type Refresh = (context: RefreshContext) => unknown

type Failure = { readonly error: unknown }

interface Flight {
  readonly controller: AbortController
  readonly waiters: Set<(failure: Failure | undefined) => void>
  readonly timer: Timer
}

/** A refresh that runs at most once at a time, for all calls that wait for it. */
export class SharedRefresh implements RetryPreparation {
  #doneAt = -Infinity
  readonly #refresh: Refresh
  readonly #timeoutMs: number
  #flight: Flight | undefined = undefined

  constructor(refresh: Refresh, timeoutMs: number) {
    this.#refresh = refresh
    this.#timeoutMs = timeoutMs
  }

  get doneAt(): number {
    return this.#doneAt
  }

  join(request: PreparationRequest, done: (failure: Failure | undefined) => void): () => void {
    const flight = (this.#flight ??= this.#begin(request))
    flight.waiters.add(done)
    return () => {
      flight.waiters.delete(done)
      if (flight.waiters.size > 0 || this.#flight !== flight) return
      this.#close(flight)
      flight.controller.abort()
    }
  }

  /** The hook starts a little later, so that whoever joins is on the list even when it throws at once. */
  #begin({ clock, operation, error }: PreparationRequest): Flight {
    const controller = new AbortController()
    const timer = clock.setTimer(this.#timeoutMs, () => this.#giveUp(flight))
    const flight: Flight = { controller, waiters: new Set(), timer }
    const end = (failure: Failure | undefined): void => this.#end(flight, failure, clock.now())
    void Promise.resolve()
      .then(() => this.#refresh({ signal: controller.signal, operation, error }))
      .then(
        () => end(undefined),
        (reason: unknown) => end({ error: reason }),
      )
    return flight
  }

  #giveUp(flight: Flight): void {
    const message = `Refresh took longer than ${this.#timeoutMs} ms`
    const error = new ResilienceError(message, { code: 'REFRESH_TIMEOUT' })
    flight.controller.abort(error)
    this.#end(flight, { error }, -Infinity)
  }

  #end(flight: Flight, failure: Failure | undefined, now: number): void {
    if (this.#flight !== flight) return
    this.#close(flight)
    if (failure === undefined) this.#doneAt = now
    for (const done of flight.waiters) done(failure)
  }

  #close(flight: Flight): void {
    this.#flight = undefined
    flight.timer.cancel()
  }
}
