import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { claimDeposit, speaksFor } from '../pipeline/depositor.ts'
import { leftToCaller } from '../pipeline/left-to-caller.ts'
import { driver, type Level } from '../pipeline/level.ts'
import { cancelled, succeeded } from '../pipeline/outcome.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { Policy, PolicySetup, PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import { FailedAttempt } from './failed-attempt.ts'
import type { RetryEvent } from './retry-events.ts'
import { RetryLog } from './retry-log.ts'
import { type ResolvedRetryOptions, resolveRetryOptions, type RetryOptions } from './retry-options.ts'
import type { RetryPlace } from './retry-place.ts'
import { RetryProgress } from './retry-progress.ts'
import { scheduleRetry } from './retry-schedule.ts'
import { nextStep } from './retry-step.ts'

/** A retry, as {@link retry} makes it. */
export interface Retry extends Policy {
  readonly kind: 'retry'
  readonly maxRetries: number
  /** Whether its retries are limited together with others'. */
  readonly hasBudget: boolean
  /** Whether it limits the time of attempts and waits by itself. */
  readonly hasTotalLimit: boolean
  /** Retries made, ever. */
  readonly retries: number
  /** Calls that failed although every allowed retry was made, ever. */
  readonly exhausted: number
  /** Calls that failed because the budget allowed no retry, ever. */
  readonly budgetRefused: number
  /** Calls that failed because no time was left for a retry, ever. */
  readonly timeExhausted: number
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

class BackoffRetry extends RetryLog implements Retry {
  readonly kind = 'retry'
  readonly maxRetries: number
  readonly hasBudget: boolean
  readonly hasTotalLimit: boolean
  readonly #options: ResolvedRetryOptions
  readonly #keepsTime: boolean
  #alone: Pipeline | undefined = undefined

  constructor(options: RetryOptions) {
    const resolved = resolveRetryOptions(options)
    const { name, maxRetries, totalMs, rules, budget } = resolved
    super(name, options.onEvent)
    this.#options = resolved
    this.maxRetries = maxRetries
    this.hasBudget = budget !== undefined
    this.hasTotalLimit = totalMs !== undefined
    this.#keepsTime = this.hasTotalLimit || rules.some(({ preparation }) => preparation !== undefined)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] })
    return this.#alone.run(work, options)
  }

  stats(): PolicyStats {
    const { retries, exhausted, budgetRefused, timeExhausted, maxRetries } = this
    return { counters: { retries, exhausted, budgetRefused, timeExhausted }, gauges: { maxRetries } }
  }

  compile(setup: PolicySetup): Level {
    const { budget } = this.#options
    const depositor = budget === undefined ? undefined : { budget }
    const keepsTime = this.#keepsTime
    const enter: Level['enter'] = (run, index) => {
      if (keepsTime) run.permits[index] = new RetryProgress(setup.clock.now())
      if (depositor !== undefined && claimDeposit(run.call, depositor)) depositor.budget.deposit()
      return undefined
    }
    const settled: Level['settled'] = (run, index) => {
      if (run.kind !== succeeded) return this.#settled(setup, run, index)
      const added = (run.permits[index] as RetryProgress | undefined)?.added
      if (depositor !== undefined && (added !== undefined || speaksFor(run.call, depositor)))
        depositor.budget.succeeded?.(added)
      return false
    }
    const parts = keepsTime || budget !== undefined ? { enter, settled } : { settled }
    return driver(parts, budget?.succeeded === undefined)
  }

  #settled(setup: PolicySetup, run: RunHandle, index: number): boolean {
    const { kind, payload } = run
    if (kind === cancelled) return false
    const progress = (run.permits[index] as RetryProgress | undefined) ?? new RetryProgress(0)
    run.permits[index] = progress
    const place = this.#placeOf(setup, { run, index, progress, failure: new FailedAttempt(kind, payload) })
    const step = nextStep(place)
    return step !== undefined && scheduleRetry(place, step)
  }

  #placeOf(
    setup: PolicySetup,
    parts: Pick<RetryPlace, 'run' | 'index' | 'progress' | 'failure'>,
  ): RetryPlace {
    const { retries, startedAt } = parts.progress
    const question = { operation: parts.run.operation, attempt: retries }
    const failedAt = this.#keepsTime ? setup.clock.now() : 0
    const { totalMs, remainingMs } = this.#options
    const known = remainingMs?.(question)
    const ownMs =
      totalMs === undefined ? known : Math.min(known ?? Infinity, totalMs - (failedAt - startedAt))
    // What goes on behind an answer is not bound by the caller.
    const callerMs = parts.run.call.isDetached ? Infinity : leftToCaller(setup.remainingMs)
    const leftMs = Math.min(ownMs ?? Infinity, callerMs)
    const isTimeLimited = ownMs !== undefined
    return { ...parts, options: this.#options, log: this, setup, question, leftMs, isTimeLimited, failedAt }
  }
}
