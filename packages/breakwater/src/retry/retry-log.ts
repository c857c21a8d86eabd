import { Emitter } from '../pipeline/emitter.ts'
import type { RetryDeclined, RetryEvent } from './retry-events.ts'
import type { RetryPlace } from './retry-place.ts'
import type { RetryStep } from './retry-step.ts'

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
  scheduled(place: RetryPlace, { rule, delayMs, because }: RetryStep): void {
    const facts = { retry: place.progress.retries, delayMs, because }
    this.#tell('RetryScheduled', place, rule === undefined ? facts : { ...facts, rule: rule.name })
  }

  /** A wait was cut short. */
  hastened(place: RetryPlace, delayMs: number): void {
    this.#tell('RetryHastened', place, { retry: place.progress.retries, delayMs })
  }

  /** The failure is not tried again. */
  declined(place: RetryPlace, reason: RetryDeclined['reason']): void {
    this.#tell('RetryDeclined', place, { reason })
  }

  /** All retries are made. */
  ranOutOfRetries(place: RetryPlace): void {
    this.exhausted++
    this.#tell('RetriesExhausted', place, { retries: place.progress.retries })
  }

  /** The wait would not end in time. */
  ranOutOfTime(place: RetryPlace, facts: { readonly delayMs: number; readonly leftMs: number }): void {
    this.timeExhausted++
    this.#tell('RetryTimeExhausted', place, facts)
  }

  /** The budget allows no retry. */
  ranOutOfBudget(place: RetryPlace): void {
    this.budgetRefused++
    this.#tell('RetryBudgetExhausted', place, {})
  }

  /** What a rule wants done before the retry failed. */
  preparationFailed(place: RetryPlace, rule: string, failure: unknown): void {
    this.#tell('RetryPreparationFailed', place, { rule, failure })
  }

  #tell<T extends Type>(type: T, { run, failure }: RetryPlace, facts: Facts<T>): void {
    if (!this.#events.hasListeners) return
    const names = { type, policy: this.name, operation: run.operation }
    const error = type === 'RetryHastened' ? {} : { error: failure.error }
    this.#events.emit({ ...names, ...facts, ...error } as RetryEvent)
  }
}
