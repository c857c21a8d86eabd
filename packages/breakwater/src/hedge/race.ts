import type { Timer } from '../clock/clock.ts'
import type { Held } from '../pipeline/held.ts'
import { cancelled, failed, type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import type { InnerHandle, InnerOwner, RunHandle } from '../pipeline/run-handle.ts'
import { HedgeLostError } from './hedge-errors.ts'

/** What a race asks of its policy. */
export interface RaceRules {
  readonly maxHedges: number
  /** Whether a failed attempt starts the next at once. */
  readonly onFailure: boolean
  /** Sets the timer of the next attempt. */
  setTimer(callback: () => void): Timer
  /** May one more attempt start? */
  mayStart(run: RunHandle): boolean
  /** A further attempt starts. */
  started(run: RunHandle, attempt: number, because: 'delay' | 'failure'): void
  /** An attempt has answered first. */
  won(run: RunHandle, attempt: number): void
}

/** The attempts of one call: the first answer wins, the others are cut; when all have failed, the last failure is it. */
export class Race implements Held, InnerOwner {
  readonly #run: RunHandle
  readonly #index: number
  readonly #rules: RaceRules
  readonly #running = new Set<InnerHandle>()
  #timer: Timer | undefined = undefined
  #attempts = 0
  #isOver = false
  /** While the driver is being asked it takes the outcome from here. */
  #isStarting = true
  /** Attempts that finished before their handle was known: a failure at once starts the next within the one before. */
  readonly #finishedEarly = new Set<InnerHandle>()
  #kind: OutcomeKind = succeeded
  #payload: unknown = undefined

  constructor(run: RunHandle, index: number, rules: RaceRules) {
    this.#run = run
    this.#index = index
    this.#rules = rules
  }

  /** Starts the first attempt; true when the race is over already, with its outcome given to the run. */
  start(): boolean {
    this.#startAttempt()
    this.#isStarting = false
    if (this.#isOver) this.#run.answer(this.#kind, this.#payload)
    return this.#isOver
  }

  cut(kind: OutcomeKind, payload: unknown): void {
    this.#isOver = true
    this.#payload = payload
    this.#timer?.cancel()
    this.#cutAll(kind, payload)
  }

  innerFinished(inner: InnerHandle): void {
    if (!this.#running.delete(inner)) this.#finishedEarly.add(inner)
    const { kind, payload } = inner
    if (kind === succeeded) return this.#win(inner.attempt, payload)
    if (this.#isOver) return
    if (kind === failed && this.#rules.onFailure && this.#hedge('failure')) return
    if (this.#running.size === 0) this.#end(kind, payload)
  }

  #startAttempt(): void {
    const { call } = this.#run
    const inner = this.#run.startInner({ lo: this.#index + 1, attempt: this.#attempts++, call }, this)
    if (!this.#isOver) this.#armTimer()
    if (this.#finishedEarly.delete(inner)) return
    if (this.#isOver) inner.cut(cancelled, this.#payload)
    else this.#running.add(inner)
  }

  #hedge(because: 'delay' | 'failure'): boolean {
    if (this.#attempts > this.#rules.maxHedges || !this.#rules.mayStart(this.#run)) return false
    this.#rules.started(this.#run, this.#attempts, because)
    // A listener, or the budget, may have ended the call.
    if (!this.#isOver) this.#startAttempt()
    return true
  }

  #armTimer(): void {
    this.#timer?.cancel()
    if (this.#attempts > this.#rules.maxHedges) return
    this.#timer = this.#rules.setTimer(() => void this.#hedge('delay'))
  }

  #win(attempt: number, value: unknown): void {
    if (this.#isOver) return this.#run.discard(value)
    if (attempt > 0) this.#run.call.sparedBy = 'hedge'
    this.#rules.won(this.#run, attempt)
    this.#end(succeeded, value)
  }

  #end(kind: OutcomeKind, payload: unknown): void {
    this.#isOver = true
    this.#kind = kind
    this.#payload = payload
    this.#timer?.cancel()
    if (this.#running.size > 0) this.#cutAll(cancelled, new HedgeLostError(this.#run.operation))
    if (this.#isStarting) return
    // A listener, the budget, or work that was cut may have ended the call.
    if (this.#run.holds(this)) this.#run.resume(this, kind, payload)
    else if (kind === succeeded) this.#run.discard(payload)
  }

  #cutAll(kind: OutcomeKind, payload: unknown): void {
    for (const inner of this.#running) inner.cut(kind, payload)
  }
}
