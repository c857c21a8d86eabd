import type { Timer } from '../clock/clock.ts'
import type { Held } from '../pipeline/held.ts'
import { isThenable } from '../pipeline/is-thenable.ts'
import { answered, type Verdict, waiting } from '../pipeline/level.ts'
import { failed, type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import { type BehaviorCall, type ChaosCall, chaosCallOf } from './chaos-call.ts'
import type { Effect } from './chaos-fault.ts'

/** What an injection asks of its policy. */
export interface InjectionRules {
  /** The first fault from `from` on that hits this call; -1 when none does. May call user code. */
  nextHit(call: ChaosCall, from: number): number
  /** What that fault does; throws what the fault's own function throws. */
  effectOf(hit: number, call: ChaosCall): Effect
  setTimer(ms: number, callback: () => void): Timer
}

type End = { readonly kind: OutcomeKind; readonly payload: unknown }

/** What happens to one call that was hit: effect after effect, until one ends the call or it may go on to the work. */
export class Injection implements Held {
  readonly #run: RunHandle
  readonly #index: number
  readonly #rules: InjectionRules
  /** Of its own, as the run may serve another call once this one was cut. */
  readonly #call: ChaosCall
  #timer: Timer | undefined = undefined
  #controller: AbortController | undefined = undefined
  #isCut = false

  constructor(run: RunHandle, index: number, rules: InjectionRules) {
    this.#call = chaosCallOf(run)
    this.#run = run
    this.#index = index
    this.#rules = rules
  }

  /** Tries each fault in turn; the answer is the level's. */
  start(): Verdict {
    const end = this.#goOn(0)
    if (end === waiting) {
      this.#run.hold(this)
      return waiting
    }
    if (end === undefined) return undefined
    this.#run.answer(end.kind, end.payload)
    return answered
  }

  cut(_kind: OutcomeKind, payload: unknown): void {
    this.#isCut = true
    this.#timer?.cancel()
    this.#controller?.abort(payload)
  }

  /** Undefined when all that hit is over and the work may run. Whatever code of the user's is asked may abort the call. */
  #goOn(from: number): End | typeof waiting | undefined {
    let at = from
    while (!this.#isCut) {
      const hit = this.#rules.nextHit(this.#call, at)
      if (this.#isCut) break
      if (hit < 0) return undefined
      const end = this.#take(hit)
      if (end !== undefined) return end
      at = hit + 1
    }
    return waiting
  }

  #take(hit: number): End | typeof waiting | undefined {
    try {
      const effect = this.#rules.effectOf(hit, this.#call)
      if (this.#isCut) return waiting
      if (effect.does === 'fail') return { kind: failed, payload: effect.error }
      if (effect.does === 'answer') return { kind: succeeded, payload: effect.value }
      if (effect.does === 'wait') return this.#wait(effect.ms, hit)
      return this.#behave(effect.run, hit)
    } catch (error) {
      return { kind: failed, payload: error }
    }
  }

  #wait(ms: number, hit: number): typeof waiting | undefined {
    if (ms <= 0) return undefined
    if (ms < Infinity) this.#timer = this.#rules.setTimer(ms, () => this.#resume(hit))
    return waiting
  }

  #behave(run: (call: BehaviorCall) => unknown, hit: number): typeof waiting | undefined {
    const controller = new AbortController()
    this.#controller = controller
    const result = run({ ...this.#call, signal: controller.signal })
    if (!isThenable(result)) return undefined
    new Promise((resolve) => resolve(result)).then(
      () => this.#resume(hit),
      (error: unknown) => this.#run.resume(this, failed, error),
    )
    return waiting
  }

  #resume(hit: number): void {
    const end = this.#goOn(hit + 1)
    if (end === waiting) return
    if (end === undefined) this.#run.admit(this.#index)
    else this.#run.resume(this, end.kind, end.payload)
  }
}
