import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { gate, type Level, type Verdict } from '../pipeline/level.ts'
import { failed, type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { PolicyStats } from '../pipeline/policy.ts'
import type { BreakerFacts, BreakerState, OverrideMode } from '../protocol/policy-facts.ts'
import type { Random } from '../random/random.ts'
import { systemRandom } from '../random/system-random.ts'
import { breakerFacts } from './breaker-facts.ts'
import { CircuitRejection } from './circuit-breaker-errors.ts'
import type { CircuitEvent } from './circuit-breaker-events.ts'
import {
  type CircuitBreakerOptions,
  type CircuitBreakerSettings,
  resolveCircuitBreakerOptions,
} from './circuit-breaker-options.ts'
import type { CircuitBreaker, CircuitPermit } from './circuit-breaker-api.ts'
import { ClosedState } from './closed-state.ts'
import { HalfOpenState, type Trial } from './half-open-state.ts'
import type { OpenState } from './open-state.ts'

type State = ClosedState | OpenState | HalfOpenState
/** What admitted a call: the closed state itself, a trial, or nothing that counts (a person's order). */
type Admission = ClosedState | Trial | undefined

/** The breaker behind `circuitBreaker`. Every check-and-change is one synchronous method. */
export class StateMachineBreaker implements CircuitBreaker {
  readonly kind = 'circuit-breaker'
  readonly name: string
  admitted = 0
  rejected = 0
  opened = 0
  readonly #settings: CircuitBreakerSettings
  readonly #clock: Clock
  readonly #random: Random
  readonly #events = new Emitter<CircuitEvent>()
  #state: State
  /** What admitted the last call: handed from `#enter` to its caller without allocating. */
  #admission: Admission = undefined
  #reopens = 0
  /** When the circuit last stopped being closed. */
  #troubleSince = 0
  #override: OverrideMode = 'automatic'
  #forcedRejection: CircuitRejection | undefined = undefined
  #alone: Pipeline | undefined = undefined

  constructor(options: CircuitBreakerOptions) {
    this.#settings = resolveCircuitBreakerOptions(options)
    this.name = this.#settings.name
    this.#clock = options.clock ?? systemClock
    this.#random = options.random ?? systemRandom
    this.#state = new ClosedState(this.#settings, this.#clock.now())
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
  }

  get state(): BreakerState {
    const state = this.#state
    return state.kind === 'open' && state.retryAt <= this.#clock.now() ? 'half-open' : state.kind
  }

  get override(): OverrideMode {
    return this.#override
  }

  on(listener: (event: CircuitEvent) => void): () => void {
    return this.#events.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] })
    return this.#alone.run(work, options)
  }

  tryAcquire(): CircuitPermit | undefined {
    if (this.#enter() !== undefined) return undefined
    const admission = this.#admission
    let isHeld = true
    const end = (kind: OutcomeKind | undefined, error?: unknown): void => {
      if (isHeld) this.#exit(admission, kind, error)
      isHeld = false
    }
    return {
      succeed: () => end(succeeded),
      fail: (error) => end(failed, error),
      ignore: () => end(undefined),
    }
  }

  setOverride(mode: OverrideMode, reason = 'no reason given'): void {
    if (mode === this.#override) return
    checkMode(mode)
    this.#override = mode
    const forced = new CircuitRejection(this.name, `held open by hand: ${reason}`, () => undefined)
    this.#forcedRejection = mode === 'forced-open' ? forced : undefined
    this.#events.emit({ type: 'CircuitOverridden', policy: this.name, mode, reason })
  }

  facts(): BreakerFacts {
    const clock = this.#clock
    return breakerFacts({ settings: this.#settings, state: this.#state, override: this.#override, clock })
  }

  stats(): PolicyStats {
    const { admitted, rejected, opened } = this
    return { counters: { admitted, rejected, opened }, gauges: {}, breaker: this.facts() }
  }

  compile(): Level {
    return gate({
      enter: (run, index) => {
        const verdict = this.#enter()
        if (verdict === undefined) run.permits[index] = this.#admission
        return verdict
      },
      exit: (run, index) => this.#exit(run.permits[index] as Admission, run.kind, run.payload),
    })
  }

  /** Decides on one call; what admitted it is in `#admission` then. */
  #enter(): Verdict {
    if (this.#override !== 'automatic') return this.#enterByOrder()
    const state = this.#state
    if (state.kind === 'closed') {
      this.admitted++
      this.#admission = state
      return undefined
    }
    return this.#enterTrial()
  }

  #enterByOrder(): Verdict {
    this.#admission = undefined
    if (this.#forcedRejection === undefined) this.admitted++
    else this.rejected++
    return this.#forcedRejection
  }

  #enterTrial(): Verdict {
    const now = this.#clock.now()
    const state = this.#state
    if (state.kind === 'open' && now < state.retryAt) return this.#refuse(state.rejection)
    const halfOpen = state.kind === 'half-open' ? state : this.#halfOpen(now)
    const trial = halfOpen.admit(now)
    if (trial === undefined)
      return this.#refuse(new CircuitRejection(this.name, 'trials are under way', () => undefined))
    this.admitted++
    this.#admission = trial
    return undefined
  }

  #refuse(rejection: CircuitRejection): CircuitRejection {
    this.rejected++
    return rejection
  }

  /** Learns an outcome; kinds other than success and failure, and undefined, say nothing. */
  #exit(admission: Admission, kind: OutcomeKind | undefined, payload: unknown): void {
    if (admission === undefined) return
    if (admission instanceof ClosedState) this.#exitClosed(admission, kind, payload)
    else this.#exitTrial(admission, kind, payload)
  }

  #exitClosed(admission: ClosedState, kind: OutcomeKind | undefined, payload: unknown): void {
    if (admission !== this.#state) return
    if (kind === succeeded) return admission.succeed(this.#clock.coarseNow())
    if (kind !== failed || !this.#isFailure(payload)) return
    const reason = admission.fail(this.#clock.coarseNow())
    if (reason !== undefined) this.#open(reason)
  }

  #exitTrial(trial: Trial, kind: OutcomeKind | undefined, payload: unknown): void {
    const { state } = trial
    if (!state.end(trial) || state !== this.#state) return
    if (kind === failed && this.#isFailure(payload)) {
      this.#reopens++
      return this.#open('a trial failed')
    }
    if (kind === succeeded && state.succeed()) this.#close()
  }

  #isFailure(error: unknown): boolean {
    try {
      return this.#settings.isFailure(error)
    } catch {
      return true
    }
  }

  #open(reason: string): void {
    const { openMs: base, maxOpenMs, jitter } = this.#settings
    const spread = 1 + jitter * (2 * this.#random.next() - 1)
    const openMs = Math.min(maxOpenMs, base * 2 ** Math.min(this.#reopens, 30)) * spread
    const since = this.#clock.now()
    const retryAt = since + openMs
    if (this.#state.kind === 'closed') this.#troubleSince = since
    const remainingMs = (): number => Math.max(0, retryAt - this.#clock.now())
    const rejection = new CircuitRejection(this.name, reason, remainingMs)
    this.#state = { kind: 'open', since, retryAt, reason, rejection }
    this.opened++
    this.#events.emit({ type: 'CircuitOpened', policy: this.name, reason, openMs })
  }

  #halfOpen(now: number): HalfOpenState {
    const state = new HalfOpenState(this.#settings, now)
    this.#state = state
    this.#events.emit({ type: 'CircuitHalfOpened', policy: this.name })
    return state
  }

  #close(): void {
    const now = this.#clock.now()
    this.#state = new ClosedState(this.#settings, now)
    this.#reopens = 0
    this.#events.emit({ type: 'CircuitClosed', policy: this.name, afterMs: now - this.#troubleSince })
  }
}

const modes: readonly unknown[] = ['forced-open', 'forced-closed', 'automatic'] satisfies OverrideMode[]

function checkMode(mode: unknown): void {
  if (modes.includes(mode)) return
  throw new RangeError(
    `Cannot override circuit breaker as 'mode' must be one of ${modes.join(', ')}: current value is ${String(mode)}`,
  )
}
