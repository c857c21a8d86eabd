import { Emitter } from '../pipeline/emitter.ts'
import type { RetryDeclined, RetryEvent } from './retry-events.ts'
import type { PlannedWait } from './retry-judge.ts'
import type { RetryPlace } from './retry-place.ts'
import type { RetryRule } from './retry-rule.ts'

/** Counts what a retry decides, and tells whoever listens. An event is made only when somebody does. */
export class RetryLog {
  readonly events: Emitter<RetryEvent> = new Emitter<RetryEvent>()
  retries = 0
  exhausted = 0
  budgetRefused = 0
  timeExhausted = 0
  readonly #policy: string

  constructor(policy: string, listener: ((event: RetryEvent) => void) | undefined) {
    this.#policy = policy
    if (listener !== undefined) this.events.on(listener)
  }

  /** Another attempt will be made. */
  scheduled(place: RetryPlace, rule: RetryRule | undefined, { delayMs, because }: PlannedWait): void {
    this.#emit(() => ({
      type: 'RetryScheduled',
      ...this.#names(place),
      retry: place.progress.retries,
      delayMs,
      because,
      ...(rule === undefined ? {} : { rule: rule.name }),
      error: place.failure.error,
    }))
  }

  /** A wait was cut short. */
  hastened(place: RetryPlace, delayMs: number): void {
    const { retries } = place.progress
    this.#emit(() => ({ type: 'RetryHastened', ...this.#names(place), retry: retries, delayMs }))
  }

  /** The failure is not tried again. */
  declined(place: RetryPlace, reason: RetryDeclined['reason']): void {
    const { failure } = place
    this.#emit(() => ({ type: 'RetryDeclined', ...this.#names(place), reason, error: failure.error }))
  }

  /** All retries are made. */
  ranOutOfRetries(place: RetryPlace): void {
    this.exhausted++
    const { progress, failure } = place
    const facts = { retries: progress.retries }
    this.#emit(() => ({ type: 'RetriesExhausted', ...this.#names(place), ...facts, error: failure.error }))
  }

  /** The wait would not end in time. */
  ranOutOfTime(place: RetryPlace, facts: { readonly delayMs: number; readonly leftMs: number }): void {
    this.timeExhausted++
    const { failure } = place
    this.#emit(() => ({ type: 'RetryTimeExhausted', ...this.#names(place), ...facts, error: failure.error }))
  }

  /** The budget allows no retry. */
  ranOutOfBudget(place: RetryPlace): void {
    this.budgetRefused++
    const { failure } = place
    this.#emit(() => ({ type: 'RetryBudgetExhausted', ...this.#names(place), error: failure.error }))
  }

  /** What a rule wants done before the retry failed. */
  preparationFailed(place: RetryPlace, rule: string, failure: unknown): void {
    const { error } = place.failure
    this.#emit(() => ({ type: 'RetryPreparationFailed', ...this.#names(place), rule, error, failure }))
  }

  #names({ run }: RetryPlace): { policy: string; operation: string } {
    return { policy: this.#policy, operation: run.operation }
  }

  #emit(make: () => RetryEvent): void {
    if (this.events.hasListeners) this.events.emit(make())
  }
}
