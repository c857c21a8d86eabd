import { Emitter } from '../pipeline/emitter.ts'
import type { RetryDeclined, RetryEvent, RetryScheduled } from './retry-events.ts'

/** The failed attempt that an event is about. */
interface Place {
  readonly run: { readonly operation: string }
  readonly progress: { readonly retries: number }
  readonly failure: { readonly error: unknown }
}

type Planned = Pick<RetryScheduled, 'delayMs' | 'because'> & {
  readonly rule: { readonly name: string } | undefined
}
type Type = RetryEvent['type']
/** What sets the events of one type apart. */
type Facts<T extends Type> = Omit<
  Extract<RetryEvent, { type: T }>,
  'type' | 'policy' | 'operation' | (T extends 'RetryHastened' ? never : 'error')
>

/** Counts what a retry decides, and tells whoever listens. An event is made only when somebody does. */
export class RetryLog {
  readonly name: string
  retries = 0
  exhausted = 0
  budgetRefused = 0
  timeExhausted = 0
  readonly #events = new Emitter<RetryEvent>()

  constructor(policy: string, listener: ((event: RetryEvent) => void) | undefined) {
    this.name = policy
    if (listener !== undefined) this.on(listener)
  }

  /** Subscribes to events; the result unsubscribes. */
  on(listener: (event: RetryEvent) => void): () => void {
    return this.#events.on(listener)
  }

  /** Another attempt will be made. */
  scheduled(place: Place, { rule, delayMs, because }: Planned): void {
    const facts = { retry: place.progress.retries, delayMs, because }
    this.#tell('RetryScheduled', place, rule === undefined ? facts : { ...facts, rule: rule.name })
  }

  /** A wait was cut short. */
  hastened(place: Place, delayMs: number): void {
    this.#tell('RetryHastened', place, { retry: place.progress.retries, delayMs })
  }

  /** The failure is not tried again. */
  declined(place: Place, reason: RetryDeclined['reason']): void {
    this.#tell('RetryDeclined', place, { reason })
  }

  /** All retries are made. */
  ranOutOfRetries(place: Place): void {
    this.exhausted++
    this.#tell('RetriesExhausted', place, { retries: place.progress.retries })
  }

  /** The wait would not end in time. */
  ranOutOfTime(place: Place, facts: { readonly delayMs: number; readonly leftMs: number }): void {
    this.timeExhausted++
    this.#tell('RetryTimeExhausted', place, facts)
  }

  /** The budget allows no retry. */
  ranOutOfBudget(place: Place): void {
    this.budgetRefused++
    this.#tell('RetryBudgetExhausted', place, {})
  }

  /** What a rule wants done before the retry failed. */
  preparationFailed(place: Place, rule: string, failure: unknown): void {
    this.#tell('RetryPreparationFailed', place, { rule, failure })
  }

  #tell<T extends Type>(type: T, { run, failure }: Place, facts: Facts<T>): void {
    if (!this.#events.hasListeners) return
    const names = { type, policy: this.name, operation: run.operation }
    const error = type === 'RetryHastened' ? {} : { error: failure.error }
    this.#events.emit({ ...names, ...facts, ...error } as RetryEvent)
  }
}
