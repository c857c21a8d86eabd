import { checkFunction, checkNames } from '../config/check-option.ts'
import { Emitter } from '../pipeline/emitter.ts'
import type { Held } from '../pipeline/held.ts'
import { isThenable } from '../pipeline/is-thenable.ts'
import { driver, type Level } from '../pipeline/level.ts'
import { failed, rejected, succeeded } from '../pipeline/outcome.ts'
import type { Policy, PolicyStats } from '../pipeline/policy.ts'
import type { Rejection } from '../pipeline/rejection.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import type { FallbackEvent } from './fallback-events.ts'

/** What a fallback is given. */
export interface Failure {
  /** What the call would have thrown. */
  readonly error: unknown
  /** Present when a policy refused the call. */
  readonly rejection: Rejection | undefined
  readonly operation: string
  /** The arguments of a wrapped function, or what the caller passed as `args`. */
  readonly args: readonly unknown[]
}

/** Options of {@link fallback}. */
export interface FallbackOptions {
  /** Which errors to answer for; others go on outward. @default every error */
  readonly when?: (error: unknown) => boolean
  /** Names the policy in events and on the page. @default 'fallback' */
  readonly name?: string
  /** Told of each {@link FallbackEvent}. */
  readonly onEvent?: (event: FallbackEvent) => void
}

/** A fallback, as {@link fallback} makes it. */
export interface Fallback<Result> extends Policy<Result> {
  readonly kind: 'fallback'
  /** Calls that it answered, ever. */
  readonly used: number
  /** Calls for which it failed itself, ever. */
  readonly failedToo: number
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: FallbackEvent) => void): () => void
}

/**
 * Makes a fallback: what to answer when everything inside it has failed or was refused. Put it outermost.
 *
 * Aborts by the caller are not answered. When the handler throws, the call fails with what the handler threw; the
 * original error is in the event, and in the failure that the handler was given.
 *
 * @throws {TypeError} when `handler` is not a function, or an option is wrong
 * @example
 * const shelf = pipeline({ policies: [fallback(() => [] as Product[]), timeout({ ms: 300 })] })
 */
export function fallback<Result>(
  handler: (failure: Failure) => Result | PromiseLike<Result>,
  options: FallbackOptions = {},
): Fallback<Awaited<Result>> {
  if (typeof handler !== 'function') {
    throw new TypeError(
      `Cannot create fallback as its handler must be a function: current value is ${String(handler)}`,
    )
  }
  checkNames('fallback', options, ['when', 'name', 'onEvent'])
  checkFunction('fallback', 'when', options.when)
  checkFunction('fallback', 'onEvent', options.onEvent)
  return new HandlerFallback<Awaited<Result>>(handler, options)
}

class HandlerFallback<Result> implements Fallback<Result> {
  readonly kind = 'fallback'
  readonly name: string
  used = 0
  failedToo = 0
  readonly #handler: (failure: Failure) => unknown
  readonly #when: (error: unknown) => boolean
  readonly #events = new Emitter<FallbackEvent>()

  constructor(handler: (failure: Failure) => unknown, options: FallbackOptions) {
    this.name = options.name ?? 'fallback'
    this.#handler = handler
    this.#when = options.when ?? (() => true)
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
  }

  on(listener: (event: FallbackEvent) => void): () => void {
    return this.#events.on(listener)
  }

  stats(): PolicyStats {
    return { counters: { used: this.used, failed: this.failedToo }, gauges: {} }
  }

  compile(): Level {
    return driver({ settled: (run) => this.#settled(run) })
  }

  #settled(run: RunHandle): boolean {
    const { kind, payload } = run
    if (kind !== failed && kind !== rejected) return false
    const rejection = kind === rejected ? (payload as Rejection) : undefined
    const error = rejection === undefined ? payload : rejection.toError()
    if (!this.#when(error)) return false
    const held = new FallbackRun()
    run.hold(held)
    this.#answer(run, held, {
      error,
      rejection,
      operation: run.operation,
      args: run.call.options?.args ?? [],
    })
    return true
  }

  #answer(run: RunHandle, held: Held, failure: Failure): void {
    let result: unknown
    try {
      result = this.#handler(failure)
    } catch (error) {
      return this.#fail(run, held, { failure, error })
    }
    if (!isThenable(result)) return this.#succeed(run, held, { failure, result })
    // Our own promise: a handler's thenable may throw, or call back at once or twice.
    new Promise<unknown>((resolve) => resolve(result)).then(
      (value) => this.#succeed(run, held, { failure, result: value }),
      (error: unknown) => this.#fail(run, held, { failure, error }),
    )
  }

  #succeed(run: RunHandle, held: Held, { failure, result }: { failure: Failure; result: unknown }): void {
    if (!run.holds(held)) return
    this.used++
    run.call.sparedBy = 'fallback'
    const { operation, error } = failure
    if (this.#events.hasListeners)
      this.#events.emit({ type: 'FallbackUsed', policy: this.name, operation, error })
    run.resume(held, succeeded, result)
  }

  #fail(run: RunHandle, held: Held, { failure, error }: { failure: Failure; error: unknown }): void {
    if (!run.holds(held)) return
    this.failedToo++
    const { operation, error: original } = failure
    if (this.#events.hasListeners) {
      this.#events.emit({ type: 'FallbackFailed', policy: this.name, operation, error, original })
    }
    run.resume(held, failed, error)
  }
}

/** Marks the handler's run: when the call is ended meanwhile, its answer comes too late and changes nothing. */
class FallbackRun implements Held {
  cut(): void {
    // The handler has no signal of its own: its answer is ignored because the run no longer holds this.
  }
}
