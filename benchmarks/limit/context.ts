import { tookTooLong } from './flight.ts'

/** What the work is given. A new one for each attempt, as the work may keep it. */
export class LimitContext {
  #controller: AbortController | undefined = undefined

  /** Made when it is read. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  /** Stops the work, also if it reads the signal only later. */
  abort(): void {
    this.#controller ??= new AbortController()
    this.#controller.abort(tookTooLong)
  }
}
