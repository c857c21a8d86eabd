import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { leftToCaller } from '../pipeline/left-to-caller.ts'
import { gate, type Level } from '../pipeline/level.ts'
import { succeeded } from '../pipeline/outcome.ts'
import type { PolicySetup, PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import { AdaptiveLimit } from './adaptive-limit.ts'
import { gridFloor } from './duration-grid.ts'
import { notTracked } from './not-tracked.ts'
import { TimedRun } from './timed-run.ts'
import type { CallInFlight, Timeout } from './timeout-api.ts'
import { CallCancelledError, DeadlineRejection, TimeoutError } from './timeout-errors.ts'
import type { CallTimedOut, ResolvedTimeoutOptions } from './timeout-options.ts'

type Ask = (() => number | undefined) | undefined

/** What one pipeline has set. */
interface Setting {
  readonly clock: Clock
  readonly ask: Ask
}

/** A limit that differs from call to call, and calls that can be looked at: what costs more than a fixed limit. */
export class FlexibleTimeout implements Timeout {
  readonly kind = 'timeout'
  readonly name: string
  readonly scope: 'attempt' | 'total'
  timedOut = 0
  refused = 0
  #lastId = 0
  #clock: Clock | undefined = undefined
  /** What is left to the caller, where it is known. */
  remainingMs: Ask
  readonly #options: ResolvedTimeoutOptions
  readonly #adaptive: AdaptiveLimit | undefined
  /** In order of their beginning. */
  readonly #running: Map<number, TimedRun> | undefined
  readonly #events = new Emitter<CallTimedOut>()

  constructor(options: ResolvedTimeoutOptions, onEvent: ((event: CallTimedOut) => void) | undefined) {
    this.name = options.name
    this.scope = options.scope
    this.#options = options
    this.remainingMs = options.remainingMs
    this.#adaptive = options.adaptive === undefined ? undefined : new AdaptiveLimit(options.adaptive)
    this.#running = options.track ? new Map() : undefined
    if (onEvent !== undefined) this.#events.on(onEvent)
  }

  get limitMs(): number {
    return this.#limitAt((this.#clock ?? systemClock).now())
  }

  on(listener: (event: CallTimedOut) => void): () => void {
    return this.#events.on(listener)
  }

  budgetMs(): number {
    return Math.max(0, Math.min(this.limitMs, leftToCaller(this.remainingMs)))
  }

  inFlight(): readonly CallInFlight[] {
    const clock = this.#clock ?? systemClock
    const [now, epochNow] = [clock.now(), clock.epochNow()]
    return [...this.#tracked().values()].map(({ id, run, startedAt, limitMs }) => {
      const { operation, attempt } = run
      const ageMs = now - startedAt
      return { id, operation, attempt, startedAt: epochNow - ageMs, ageMs, limitMs }
    })
  }

  cancel(id: number, reason?: unknown): boolean {
    const timed = this.#tracked().get(id)
    if (timed === undefined) return false
    timed.cancellation = { reason }
    timed.run.deadlineReached(timed.index)
    timed.cancellation = undefined
    return this.#tracked().get(id) !== timed
  }

  stats(): PolicyStats {
    const { timedOut, refused, limitMs } = this
    const inFlight = this.#running === undefined ? {} : { inFlight: this.#running.size }
    return { counters: { timedOut, refused }, gauges: { limitMs, ...inFlight } }
  }

  compile(setup: PolicySetup): Level {
    const { clock } = setup
    const { remainingMs, isAlone } = this.#options
    const ask = remainingMs ?? (isAlone ? undefined : setup.remainingMs)
    this.#clock ??= clock
    this.remainingMs ??= ask
    const setting = { clock, ask }
    return gate({
      enter: (run, index) => this.#enter(run, index, setting),
      exit: (run, index) => this.#exit(run, run.permits[index] as TimedRun, clock),
      deadlineError: (run, index) => this.#giveUp(run, run.permits[index] as TimedRun),
      remainingMs: (permit) =>
        permit instanceof TimedRun ? clock.deadlines(permit.limitMs).remainingMs(permit.deadline) : Infinity,
    })
  }

  #enter(run: RunHandle, index: number, { clock, ask }: Setting): DeadlineRejection | undefined {
    const now = clock.now()
    const limitMs = this.#limitAt(now)
    const remainingMs = run.call.isDetached ? Infinity : leftToCaller(ask)
    if (remainingMs < 1) {
      this.refused++
      return new DeadlineRejection(run.operation, this.name)
    }
    const timed = (run.permits[index] as TimedRun | undefined) ?? new TimedRun(run, index)
    run.permits[index] = timed
    if (remainingMs < limitMs) timed.begin(now, gridFloor(remainingMs), 'caller')
    else timed.begin(now, limitMs, 'limit')
    clock.deadlines(timed.limitMs).arm(timed.deadline)
    if (this.#running === undefined) return undefined
    timed.id = ++this.#lastId
    this.#running.set(timed.id, timed)
    return undefined
  }

  #exit(run: RunHandle, timed: TimedRun, clock: Clock): void {
    timed.deadline.cancel()
    this.#running?.delete(timed.id)
    if (this.#adaptive === undefined) return
    const now = clock.now()
    const isCut = timed.isTimedOut && timed.boundBy === 'limit'
    if (run.kind === succeeded || isCut) this.#adaptive.record(now - timed.startedAt, now)
  }

  #giveUp(run: RunHandle, timed: TimedRun): TimeoutError | CallCancelledError {
    const { name: policy, scope } = this
    const { operation, attempt } = run
    if (timed.cancellation !== undefined)
      return new CallCancelledError(operation, policy, timed.cancellation.reason)
    const { limitMs, boundBy } = timed
    timed.isTimedOut = true
    this.timedOut++
    if (this.#events.hasListeners)
      this.#events.emit({ type: 'CallTimedOut', policy, operation, attempt, limitMs, scope, boundBy })
    return new TimeoutError({ operation, policy, limitMs, scope, boundBy })
  }

  #limitAt(now: number): number {
    return this.#adaptive === undefined ? this.#options.limitMs : this.#adaptive.limitMs(now)
  }

  #tracked(): Map<number, TimedRun> {
    if (this.#running === undefined) throw notTracked(this.name)
    return this.#running
  }
}
