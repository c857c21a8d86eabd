import type { Clock } from '../clock/clock.ts'
import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { claimDeposit, type Depositor, speaksFor } from '../pipeline/depositor.ts'
import { answered, driver, type Level, type Verdict, waiting } from '../pipeline/level.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { Policy, PolicySetup, PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import { type HedgeDelay, hedgeDelay } from './hedge-delay.ts'
import type { HedgeEvent } from './hedge-events.ts'
import {
  type HedgeAllowance,
  type HedgeOptions,
  type ResolvedHedgeOptions,
  resolveHedgeOptions,
} from './hedge-options.ts'
import { Race, type RaceRules } from './race.ts'

/** A hedge, as {@link hedge} makes it. */
export interface Hedge extends Policy {
  readonly kind: 'hedge'
  /** Attempts that were added, ever. */
  readonly hedges: number
  /** Calls that an added attempt answered, ever. */
  readonly won: number
  /** Attempts that the budget refused, ever. */
  readonly refused: number
  /** How long a call waits now before it is hedged, milliseconds. */
  readonly delayMs: number
  /** Runs work, and once more beside it when it is slow. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: HedgeEvent) => void): () => void
}

/**
 * Makes a hedge: when an answer is slow to come, the same work is started once more, and the first answer is taken.
 * It cuts the tail of the latency at the price of some load; the default delay, the 95th percentile, adds about 5 %.
 *
 * The attempts that lost are aborted by their signal; what they still give is disposed. Work that is declared not
 * idempotent is never hedged. When all attempts fail, the call fails with the last error.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see Dean and Barroso, "The Tail at Scale", CACM 56(2), 2013
 * @example
 * const read = pipeline({ policies: [hedge({ delay: { percentile: 0.95 }, budget: retryBudget() }), timeout({ ms: 500 })] })
 */
export function hedge(options: HedgeOptions = {}): Hedge {
  return new RaceHedge(options)
}

class RaceHedge implements Hedge {
  readonly kind = 'hedge'
  readonly name: string
  hedges = 0
  won = 0
  refused = 0
  readonly #options: ResolvedHedgeOptions
  readonly #depositor: Depositor | undefined
  readonly #delay: HedgeDelay
  readonly #events = new Emitter<HedgeEvent>()
  #alone: Pipeline | undefined = undefined

  constructor(options: HedgeOptions) {
    this.#options = resolveHedgeOptions(options)
    const { budget, name } = this.#options
    this.name = name
    this.#depositor = budget === undefined ? undefined : { budget }
    this.#delay = hedgeDelay(this.#options.delay)
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
  }

  get delayMs(): number {
    return this.#delay.lastMs
  }

  on(listener: (event: HedgeEvent) => void): () => void {
    return this.#events.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] })
    return this.#alone.run(work, options)
  }

  stats(): PolicyStats {
    const { hedges, won, refused, delayMs } = this
    return { counters: { hedges, won, refused }, gauges: { delayMs } }
  }

  compile(setup: PolicySetup): Level {
    return driver({ enter: (run, index) => this.#enter(setup, run, index) })
  }

  #enter(setup: PolicySetup, run: RunHandle, index: number): Verdict {
    if (!(run.call.options?.idempotent ?? setup.isIdempotent)) return undefined
    this.#deposit(run)
    const race = new Race(run, index, this.#rules(setup.clock))
    run.hold(race)
    if (!race.start()) return waiting
    return answered
  }

  #deposit({ call }: RunHandle): void {
    if (this.#depositor !== undefined && claimDeposit(call, this.#depositor))
      this.#tell((budget) => budget.deposit())
  }

  #rules(clock: Clock): RaceRules {
    const { maxHedges, onFailure } = this.#options
    const startedAt = this.#delay.callStarted(clock)
    return {
      maxHedges,
      onFailure,
      setTimer: (callback) => clock.setTimer(this.#delay.nextMs(clock), callback),
      mayStart: (run) => this.#mayStart(run),
      started: (run, attempt, because) => this.#started(run, { attempt, because }),
      won: (run, attempt) => this.#ended(run, attempt, { clock, startedAt }),
    }
  }

  #mayStart(run: RunHandle): boolean {
    if (this.#options.budget === undefined || this.#tell((budget) => budget.tryWithdraw('hedge'))) return true
    this.refused++
    this.#emit({ type: 'HedgeRefused', policy: this.name, operation: run.operation })
    return false
  }

  #started(run: RunHandle, facts: { readonly attempt: number; readonly because: 'delay' | 'failure' }): void {
    this.hedges++
    this.#emit({ type: 'HedgeStarted', policy: this.name, operation: run.operation, ...facts })
  }

  #ended(run: RunHandle, attempt: number, { clock, startedAt }: { clock: Clock; startedAt: number }): void {
    this.#delay.callAnswered(clock, startedAt)
    if (attempt > 0) this.#tell((budget) => budget.succeeded?.('hedge'))
    else if (this.#depositor !== undefined && speaksFor(run.call, this.#depositor))
      this.#tell((budget) => budget.succeeded?.(undefined))
    if (attempt === 0) return
    this.won++
    this.#emit({ type: 'HedgeWon', policy: this.name, operation: run.operation, attempt })
  }

  /** A budget of the user's that fails has nothing left; the call goes on, and so does the process. */
  #tell(say: (budget: HedgeAllowance) => unknown): boolean {
    const { budget } = this.#options
    if (budget === undefined) return false
    try {
      return say(budget) === true
    } catch {
      return false
    }
  }

  #emit(event: HedgeEvent): void {
    if (this.#events.hasListeners) this.#events.emit(event)
  }
}
