import type { Clock } from '../clock/clock.ts'
import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { driver, type Level } from '../pipeline/level.ts'
import { failed } from '../pipeline/outcome.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { Policy, PolicySetup, PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import type { RetryEvent } from './retry-events.ts'
import { type ResolvedRetryOptions, resolveRetryOptions, type RetryOptions } from './retry-options.ts'
import { RetryWait } from './retry-wait.ts'
import { neverLeft } from './retryable.ts'

/** A retry, as {@link retry} makes it. */
export interface Retry extends Policy {
  readonly kind: 'retry'
  readonly maxRetries: number
  /** Retries made, ever. */
  readonly retries: number
  /** Calls that failed although every allowed retry was made, ever. */
  readonly exhausted: number
  /** Calls that failed because the budget allowed no retry, ever. */
  readonly budgetRefused: number
  /** Runs work, and again while it fails. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: RetryEvent) => void): () => void
}

/**
 * Makes a retry: work that fails is run again, at most `maxRetries` times, after a wait.
 *
 * When it gives up, the error of the last attempt goes on as the same object. The wait ends at once when the caller aborts
 * or a timeout outside ends the call, and the work is not run again then. A wait below 1 ms takes no timer.
 * On success it costs nothing.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const policy = retry({ maxRetries: 3, backoff: exponential({ initialMs: 200 }) })
 * const page = await policy.run(({ signal }) => fetch(url, { signal }))
 */
export function retry(options: RetryOptions = {}): Retry {
  return new BackoffRetry(options)
}

class BackoffRetry implements Retry {
  readonly kind = 'retry'
  readonly name: string
  readonly maxRetries: number
  retries = 0
  exhausted = 0
  budgetRefused = 0
  readonly #options: ResolvedRetryOptions
  readonly #events = new Emitter<RetryEvent>()
  #alone: Pipeline | undefined = undefined

  constructor(options: RetryOptions) {
    this.#options = resolveRetryOptions(options)
    this.name = this.#options.name
    this.maxRetries = this.#options.maxRetries
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
  }

  on(listener: (event: RetryEvent) => void): () => void {
    return this.#events.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] })
    return this.#alone.run(work, options)
  }

  stats(): PolicyStats {
    const { retries, exhausted, budgetRefused } = this
    return { counters: { retries, exhausted, budgetRefused }, gauges: { maxRetries: this.maxRetries } }
  }

  compile(setup: PolicySetup): Level {
    const { budget } = this.#options
    const settled: Level['settled'] = (run, index) => this.#settled(setup, { run, index })
    const enter: Level['enter'] = (run, index) => {
      run.permits[index] = undefined
      budget?.deposit()
      return undefined
    }
    return driver({ enter, settled })
  }

  #settled(setup: PolicySetup, place: Place): boolean {
    const { run, index } = place
    const { kind, payload: error } = run
    if (kind !== failed || !this.#shouldRetry(setup, place, error)) return false
    const progress = run.permits[index] as Progress | undefined
    const retry = (progress?.retries ?? 0) + 1
    const delayMs = this.#options.backoff.delayMs(retry, setup.random, progress?.delayMs ?? 0)
    run.permits[index] = { retries: retry, delayMs } satisfies Progress
    this.retries++
    this.#emit({ type: 'RetryScheduled', ...this.#names(run), retry, delayMs, error })
    this.#wait(setup.clock, place, { retry, delayMs })
    return true
  }

  #shouldRetry(setup: PolicySetup, { run, index }: Place, error: unknown): boolean {
    const { retryOn, budget, maxRetries } = this.#options
    const attempt = (run.permits[index] as Progress | undefined)?.retries ?? 0
    if (!(run.call.options?.idempotent ?? setup.isIdempotent) && !neverLeft(error)) return false
    if (!retryOn(error, { operation: run.operation, attempt })) return false
    if (attempt >= maxRetries) {
      this.exhausted++
      this.#emit({ type: 'RetriesExhausted', ...this.#names(run), retries: attempt, error })
      return false
    }
    if (budget === undefined || budget.tryWithdraw()) return true
    this.budgetRefused++
    this.#emit({ type: 'RetryBudgetExhausted', ...this.#names(run), error })
    return false
  }

  #wait(clock: Clock, { run, index }: Place, { retry, delayMs }: { retry: number; delayMs: number }): void {
    run.call.sparedBy = 'retry'
    const wait = new RetryWait()
    const again = (): void => {
      if (!wait.isCut) run.rerun(index, retry)
    }
    run.hold(wait)
    if (delayMs < 1) queueMicrotask(again)
    else wait.timer = clock.setTimer(delayMs, again)
  }

  #names(run: RunHandle): { policy: string; operation: string } {
    return { policy: this.name, operation: run.operation }
  }

  #emit(event: RetryEvent): void {
    if (this.#events.hasListeners) this.#events.emit(event)
  }
}

interface Place {
  readonly run: RunHandle
  readonly index: number
}

/** How far a call has come, kept in its permit. */
interface Progress {
  readonly retries: number
  readonly delayMs: number
}
