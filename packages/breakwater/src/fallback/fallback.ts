import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { driver, type Level } from '../pipeline/level.ts'
import { failed, rejected } from '../pipeline/outcome.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { Policy, PolicyStats } from '../pipeline/policy.ts'
import type { Rejection } from '../pipeline/rejection.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import { CallFailure } from './failure.ts'
import type { FallbackEvent } from './fallback-events.ts'
import {
  type FallbackOptions,
  type FallbackSource,
  type ResolvedStep,
  resolveSteps,
} from './fallback-options.ts'
import { type FallbackLog, FallbackRun } from './fallback-run.ts'

/** A fallback, as {@link fallback} makes it. */
export interface Fallback<Result> extends Policy<Result> {
  readonly kind: 'fallback'
  /** Calls that it answered, ever. */
  readonly used: number
  /** Handlers that failed themselves, ever. */
  readonly failedToo: number
  /** Runs work, and answers for it when it fails. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T | Result>
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: FallbackEvent) => void): () => void
}

/**
 * Makes a fallback: what to answer when everything inside it has failed or was refused. Put it outermost.
 *
 * Several handlers are asked in their order until one answers, each being told what those before it threw. Aborts by the caller
 * are not answered. When no handler answers, the call fails with what the last one threw; the original error is in the event, and
 * in the failure that each handler was given.
 *
 * @throws {TypeError} when a handler is not a function, or an option is wrong
 * @example
 * const price = pipeline({ policies: [fallback([fromReplica, { when: isTimeoutError, answer: () => lastKnown }]), timeout({ ms: 300 })] })
 */
export function fallback<Result>(
  handler: FallbackSource<Result>,
  options: FallbackOptions = {},
): Fallback<Awaited<Result>> {
  return new HandlerFallback<Awaited<Result>>(resolveSteps(handler, options), options)
}

class HandlerFallback<Result> implements Fallback<Result> {
  readonly kind = 'fallback'
  readonly name: string
  failedToo = 0
  #used = 0
  readonly #steps: readonly ResolvedStep[]
  readonly #when: ((error: unknown) => boolean) | undefined
  readonly #events = new Emitter<FallbackEvent>()
  #alone: Pipeline<Result> | undefined = undefined

  constructor(steps: readonly ResolvedStep[], options: FallbackOptions) {
    this.name = options.name ?? 'fallback'
    this.#steps = steps
    this.#when = options.when
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
  }

  get used(): number {
    return this.#used
  }

  on(listener: (event: FallbackEvent) => void): () => void {
    return this.#events.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T | Result> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] }) as Pipeline<Result>
    return this.#alone.run(work, options)
  }

  stats(): PolicyStats {
    return { counters: { used: this.#used, failed: this.failedToo }, gauges: {} }
  }

  compile(): Level {
    const log: FallbackLog = {
      used: (step, failure) => this.#noteUsed(step, failure),
      failed: (step, failure, error) => this.#noteFailed(step, { failure, error }),
    }
    return driver({ settled: (run) => this.#settled(run, log) })
  }

  #settled(run: RunHandle, log: FallbackLog): boolean {
    const { kind, payload } = run
    if (kind !== failed && kind !== rejected) return false
    const failure = new CallFailure(run, payload, kind === rejected ? (payload as Rejection) : undefined)
    if (this.#when !== undefined && !this.#when(failure.error)) return false
    const steps = this.#steps
    const first = FallbackRun.next(steps, failure, 0)
    if (first === undefined) return false
    const asked = new FallbackRun(run, failure, { steps, log })
    run.hold(asked)
    asked.ask(first)
    return true
  }

  #noteUsed(step: ResolvedStep, failure: CallFailure): void {
    this.#used++
    if (!this.#events.hasListeners) return
    const { operation, error } = failure
    this.#events.emit({ type: 'FallbackUsed', policy: this.name, operation, step: step.name, error })
  }

  #noteFailed(step: ResolvedStep, { failure, error }: { failure: CallFailure; error: unknown }): void {
    this.failedToo++
    if (!this.#events.hasListeners) return
    const { operation, error: original } = failure
    this.#events.emit({
      type: 'FallbackFailed',
      policy: this.name,
      operation,
      step: step.name,
      error,
      original,
    })
  }
}
