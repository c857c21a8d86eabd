import type { Rejection } from '../pipeline/rejection.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'

const noArgs: readonly unknown[] = Object.freeze([])

/** What a fallback is given. */
export interface Failure {
  /** What the call would have thrown; made when it is read, if a policy refused the call. */
  readonly error: unknown
  /** Present when a policy refused the call. */
  readonly rejection: Rejection | undefined
  readonly operation: string
  /** The arguments of a wrapped function, or what the caller passed as `args`. */
  readonly args: readonly unknown[]
  /** What the fallbacks before this one threw, in their order; empty for the first. */
  readonly previousErrors: readonly unknown[]
  /** Aborts when the call ends otherwise: by a timeout outside, or by the caller. */
  readonly signal: AbortSignal
}

/** The failure of one call, shared by the fallbacks of a chain. */
export class CallFailure implements Failure {
  readonly rejection: Rejection | undefined
  readonly operation: string
  readonly args: readonly unknown[]
  readonly #thrown: unknown
  #error: unknown = undefined
  #previous: unknown[] | undefined = undefined
  #controller: AbortController | undefined = undefined
  #abortReason: unknown = undefined

  constructor(run: RunHandle, thrown: unknown, rejection: Rejection | undefined) {
    this.rejection = rejection
    this.operation = run.operation
    this.args = run.call.options?.args ?? noArgs
    this.#thrown = thrown
  }

  get error(): unknown {
    if (this.rejection === undefined) return this.#thrown
    this.#error ??= this.rejection.toError()
    return this.#error
  }

  get previousErrors(): readonly unknown[] {
    return this.#previous ?? noArgs
  }

  get signal(): AbortSignal {
    let controller = this.#controller
    if (controller === undefined) {
      controller = new AbortController()
      this.#controller = controller
      if (this.#abortReason !== undefined) controller.abort(this.#abortReason)
    }
    return controller.signal
  }

  /** A fallback has failed and the next is asked. */
  addPrevious(error: unknown): void {
    this.#previous = [...this.previousErrors, error]
  }

  /** Nobody waits for the answer any more. */
  abort(reason: unknown): void {
    this.#abortReason = reason
    this.#controller?.abort(reason)
  }
}
