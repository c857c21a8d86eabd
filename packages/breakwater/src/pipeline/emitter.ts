import { isThenable } from './is-thenable.ts'

/** Takes the events of one policy. */
export type Listener<Event> = (event: Event) => void

/**
 * Hands events to listeners without letting them change what happens: what a listener throws is counted and kept,
 * never passed on to the call.
 */
export class Emitter<Event> {
  #listeners: readonly Listener<Event>[] = []
  #errors = 0
  #lastError: unknown = undefined

  /** False means that making an event would be for nobody. */
  get hasListeners(): boolean {
    return this.#listeners.length > 0
  }

  /** How many times a listener has thrown. */
  get listenerErrors(): number {
    return this.#errors
  }

  /** What a listener threw last. */
  get lastListenerError(): unknown {
    return this.#lastError
  }

  /** Adds a listener; the result takes it away again. The same function may be added twice and is then called twice. */
  on(listener: Listener<Event>): () => void {
    const own: Listener<Event> = (event) => listener(event)
    this.#listeners = [...this.#listeners, own]
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== own)
    }
  }

  /** Calls each listener, also when one before it throws. A promise that a listener returns is not awaited. */
  emit(event: Event): void {
    for (const listener of this.#listeners) this.#call(listener, event)
  }

  #call(listener: Listener<Event>, event: Event): void {
    try {
      const result: unknown = listener(event)
      if (isThenable(result)) result.then(undefined, (error: unknown) => this.#note(error))
    } catch (error) {
      this.#note(error)
    }
  }

  #note(error: unknown): void {
    this.#errors++
    this.#lastError = error
  }
}
