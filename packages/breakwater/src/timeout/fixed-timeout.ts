import { Deadline } from '../clock/deadline.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { gate, type Level } from '../pipeline/level.ts'
import type { PolicySetup, PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import type { CallInFlight, Timeout } from './timeout-api.ts'
import { TimeoutError } from './timeout-errors.ts'
import type { CallTimedOut, ResolvedTimeoutOptions } from './timeout-options.ts'

/** One limit for all calls, and nothing kept of them but a deadline. */
export class FixedTimeout implements Timeout {
  readonly kind = 'timeout'
  readonly name: string
  readonly limitMs: number
  readonly scope: 'attempt' | 'total'
  readonly refused = 0
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

  budgetMs(): number {
    return this.limitMs
  }

  inFlight(): readonly CallInFlight[] {
    throw notTracked(this.name)
  }

  cancel(): boolean {
    throw notTracked(this.name)
  }

  stats(): PolicyStats {
    return { counters: { timedOut: this.timedOut }, gauges: { limitMs: this.limitMs } }
  }

  compile(setup: PolicySetup): Level {
    const deadlines = setup.clock.deadlines(this.limitMs)
    return gate({
      deadlines,
      deadlineError: (run) => this.#giveUp(run),
      remainingMs: (permit) => (permit instanceof Deadline ? deadlines.remainingMs(permit) : Infinity),
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

/** The error of somebody who asks for calls that are not kept. */
export function notTracked(name: string): TypeError {
  return new TypeError(`Cannot look at the calls of timeout '${name}' as its option 'track' is not set`)
}
