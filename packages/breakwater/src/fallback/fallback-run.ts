import type { Held } from '../pipeline/held.ts'
import { isThenable } from '../pipeline/is-thenable.ts'
import { failed, type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import type { CallFailure } from './failure.ts'
import type { ResolvedStep } from './fallback-options.ts'

/** Told how the steps of one call went. */
export interface FallbackLog {
  used(step: ResolvedStep, failure: CallFailure): void
  failed(step: ResolvedStep, failure: CallFailure, error: unknown): void
}

/** Asks the steps for one call, in order, until one answers; when none does, the last error is the outcome. */
export class FallbackRun implements Held {
  readonly #run: RunHandle
  readonly #failure: CallFailure
  readonly #steps: readonly ResolvedStep[]
  readonly #log: FallbackLog

  constructor(
    run: RunHandle,
    failure: CallFailure,
    parts: { steps: readonly ResolvedStep[]; log: FallbackLog },
  ) {
    this.#run = run
    this.#failure = failure
    this.#steps = parts.steps
    this.#log = parts.log
  }

  cut(_kind: OutcomeKind, payload: unknown): void {
    this.#failure.abort(payload)
  }

  /** Asks from the step at `index` on; there must be one that wants to be asked. */
  ask(index: number): void {
    const step = this.#steps[index]
    if (step === undefined) return
    let result: unknown
    try {
      result = step.answer(this.#failure)
    } catch (error) {
      return this.#fail(index, step, error)
    }
    if (!isThenable(result)) return this.#succeed(step, result)
    // Our own promise: a handler's thenable may throw, or call back at once or twice.
    new Promise<unknown>((resolve) => resolve(result)).then(
      (value) => this.#succeed(step, value),
      (error: unknown) => this.#fail(index, step, error),
    )
  }

  /** The first step from `index` on that answers for the failure; undefined when none does. */
  static next(steps: readonly ResolvedStep[], failure: CallFailure, index: number): number | undefined {
    for (let i = index; i < steps.length; i++) {
      const step = steps[i]
      if (step !== undefined && (step.when === undefined || step.when(failure.error))) return i
    }
    return undefined
  }

  #succeed(step: ResolvedStep, value: unknown): void {
    if (!this.#run.holds(this)) return this.#run.discard(value)
    this.#run.call.sparedBy = 'fallback'
    this.#log.used(step, this.#failure)
    this.#run.resume(this, succeeded, value)
  }

  #fail(index: number, step: ResolvedStep, error: unknown): void {
    if (!this.#run.holds(this)) return
    this.#log.failed(step, this.#failure, error)
    this.#failure.addPrevious(error)
    const next = this.#nextAfter(index, error)
    if (typeof next === 'number') this.ask(next)
    else this.#run.resume(this, failed, next.error)
  }

  #nextAfter(index: number, error: unknown): number | { readonly error: unknown } {
    try {
      return FallbackRun.next(this.#steps, this.#failure, index + 1) ?? { error }
    } catch (thrown) {
      return { error: thrown }
    }
  }
}
