import { Deadline } from '../clock/deadline.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { gate, type Level } from '../pipeline/level.ts'
import type { PolicySetup, PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import { FlexibleTimeout } from './flexible-timeout.ts'
import { notTracked } from './not-tracked.ts'
import type { CallInFlight, Timeout } from './timeout-api.ts'
import { TimeoutError } from './timeout-errors.ts'
import type { CallTimedOut, ResolvedTimeoutOptions } from './timeout-options.ts'

/** One limit for all calls, and nothing kept of them but a deadline. */
export class FixedTimeout implements Timeout {
  readonly kind = 'timeout'
  readonly name: string
  readonly limitMs: number
  readonly scope: 'attempt' | 'total'
  readonly #options: ResolvedTimeoutOptions
  #ownTimedOut = 0
  /** Watches over the calls that come with a deadline. */
  #bound: FlexibleTimeout | undefined = undefined
  readonly #events = new Emitter<CallTimedOut>()

  constructor(options: ResolvedTimeoutOptions, onEvent: ((event: CallTimedOut) => void) | undefined) {
    this.#options = options
    this.name = options.name
    this.limitMs = options.limitMs
    this.scope = options.scope
    if (onEvent !== undefined) this.#events.on(onEvent)
  }

  get timedOut(): number {
    return this.#ownTimedOut + (this.#bound?.timedOut ?? 0)
  }

  get refused(): number {
    return this.#bound?.refused ?? 0
  }

  on(listener: (event: CallTimedOut) => void): () => void {
    return this.#events.on(listener)
  }

  budgetMs(): number {
    return this.#bound?.budgetMs() ?? this.limitMs
  }

  inFlight(): readonly CallInFlight[] {
    throw notTracked(this.name)
  }

  cancel(): boolean {
    throw notTracked(this.name)
  }

  stats(): PolicyStats {
    const { timedOut, refused } = this
    return { counters: { timedOut, ...(refused > 0 && { refused }) }, gauges: { limitMs: this.limitMs } }
  }

  compile(setup: PolicySetup): Level {
    if (setup.remainingMs !== undefined && !this.#options.isAlone) return this.#compileBound(setup)
    const deadlines = setup.clock.deadlines(this.limitMs)
    return gate({
      deadlines,
      deadlineError: (run) => this.#giveUp(run),
      remainingMs: (permit) => (permit instanceof Deadline ? deadlines.remainingMs(permit) : Infinity),
    })
  }

  #compileBound(setup: PolicySetup): Level {
    this.#bound ??= new FlexibleTimeout(this.#options, (event) => this.#events.emit(event))
    return this.#bound.compile(setup)
  }

  #giveUp(run: RunHandle): TimeoutError {
    this.#ownTimedOut++
    const { limitMs, scope, name: policy } = this
    const { operation, attempt } = run
    if (this.#events.hasListeners) {
      this.#events.emit({ type: 'CallTimedOut', policy, operation, attempt, limitMs, scope })
    }
    return new TimeoutError({ operation, policy, limitMs, scope })
  }
}
