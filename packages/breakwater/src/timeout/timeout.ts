import { Deadline } from '../clock/deadline.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { gate, type Level } from '../pipeline/level.ts'
import type { Policy, PolicySetup, PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import { TimeoutError } from './timeout-errors.ts'
import {
  type CallTimedOut,
  type ResolvedTimeoutOptions,
  resolveTimeoutOptions,
  type TimeoutOptions,
} from './timeout-options.ts'

/** A limit on time, as {@link timeout} makes it. */
export interface Timeout extends Policy {
  readonly kind: 'timeout'
  readonly limitMs: number
  readonly scope: 'attempt' | 'total'
  /** How many calls or attempts it has ended. */
  readonly timedOut: number
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: CallTimedOut) => void): () => void
}

/**
 * Limits the time of an attempt (`ms`) or of a whole call (`totalMs`).
 *
 * When the limit is reached the work's signal aborts and the call fails at once with a `TimeoutError`, also
 * when the work ignores the signal. A bulkhead's slot stays held until the work has really ended. Time in which the
 * event loop was blocked does not count; the limit is never cut short and at most 15 ms exceeded.
 *
 * @throws {RangeError | TypeError} when an option is out of range, or both or none of the limits are given
 * @example
 * const client = pipeline({ policies: [timeout({ totalMs: 10_000 }), retry({ maxRetries: 2 }), timeout({ ms: 2_000 })] })
 */
export function timeout(options: TimeoutOptions): Timeout {
  return new TimeoutPolicy(resolveTimeoutOptions(options), options.onEvent)
}

class TimeoutPolicy implements Timeout {
  readonly kind = 'timeout'
  readonly name: string
  readonly limitMs: number
  readonly scope: 'attempt' | 'total'
  timedOut = 0
  readonly #events = new Emitter<CallTimedOut>()

  constructor(options: ResolvedTimeoutOptions, onEvent: ((event: CallTimedOut) => void) | undefined) {
    this.name = options.name
    this.limitMs = options.limitMs
    this.scope = options.scope
    if (onEvent !== undefined) this.#events.on(onEvent)
  }

  on(listener: (event: CallTimedOut) => void): () => void {
    return this.#events.on(listener)
  }

  stats(): PolicyStats {
    return { counters: { timedOut: this.timedOut }, gauges: { limitMs: this.limitMs } }
  }

  compile(setup: PolicySetup): Level {
    const deadlines = setup.clock.deadlines(this.limitMs)
    return gate({
      enter: (run, index) => {
        const deadline = (run.permits[index] as Deadline | undefined) ?? new Deadline(run, index)
        run.permits[index] = deadline
        deadlines.arm(deadline)
        return undefined
      },
      exit: (run, index) => (run.permits[index] as Deadline).cancel(),
      deadlineError: (run) => this.#giveUp(run),
    })
  }

  #giveUp(run: RunHandle): TimeoutError {
    this.timedOut++
    const { limitMs, scope, name: policy } = this
    const { operation, attempt } = run
    if (this.#events.hasListeners) {
      this.#events.emit({ type: 'CallTimedOut', policy, operation, attempt, limitMs, scope })
    }
    return new TimeoutError({ operation, policy, limitMs, scope })
  }
}
