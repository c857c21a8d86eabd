import type { DeadlineTarget } from '../clock/deadline.ts'
import type { Held } from './held.ts'
import { isThenable } from './is-thenable.ts'
import { type Level, waiting } from './level.ts'
import { failed, type OutcomeKind, rejected, succeeded } from './outcome.ts'
import type { Plan } from './plan.ts'
import type { Rejection } from './rejection.ts'
import { RunContext } from './run-context.ts'
import type { CallState, RunHandle } from './run-handle.ts'

const taken: unique symbol = Symbol('taken')
const passed: unique symbol = Symbol('passed')
const anywhere = 2 ** 30

/**
 * One pass of a call through the levels `lo … n-1` of its plan.
 *
 * A call is the run of all levels; a driver that runs the inner levels again makes an inner run for just those.
 * Nothing here is async: the work's promise, a timer or a queue calls in, and the run walks on.
 *
 *     enter     lo ─▶ … ─▶ n ─▶ work                      `depth` grows with each level that admits
 *     settle    lo ◀─ … ◀─ n ◀─ outcome, deadline, abort  `depth` shrinks, each level learns the outcome
 *     release   the same way, when the work itself is over (`released` follows `depth`)
 *
 * A call's object is used again for later calls (see `Call`). It may be, once it is finished and released: then no
 * promise, timer, queue or inner run calls in any more. Whatever outlives that holds something of its own to compare.
 */
export abstract class Run implements RunHandle, DeadlineTarget, Held {
  declare readonly plan: Plan
  declare readonly attempt: number
  declare readonly permits: unknown[]
  abstract readonly call: CallState
  declare protected readonly lo: number
  /** Levels `lo … depth-1` are entered and have not learned an outcome. */
  declare private depth: number
  /** Levels from here on are released. */
  declare private released: number
  declare private isWorking: boolean
  declare private isDecided: boolean
  declare private isReleased: boolean
  declare private openRuns: number
  /** The innermost level that has open inner runs; meaningful while there are any. */
  declare private openLevel: number
  declare private held: Held | undefined
  declare private context: RunContext | undefined
  declare private readonly onValue: (value: unknown) => unknown
  declare private readonly onError: (error: unknown) => unknown

  constructor(plan: Plan, lo: number, attempt: number) {
    this.plan = plan
    this.attempt = attempt
    this.permits = new Array<unknown>(plan.levels.length).fill(undefined)
    this.lo = lo
    this.onValue = (value) => this.promiseEnded(succeeded, value)
    this.onError = (error) => this.promiseEnded(failed, error)
    this.reset()
  }

  /** The work's promise has settled; what is returned or thrown is what the promise of `workStarted` becomes. */
  protected promiseEnded(kind: OutcomeKind, payload: unknown): unknown {
    this.workEnded(kind, payload)
    return undefined
  }

  /** The work runs; `settled` settles after `promiseEnded`. */
  protected workStarted(_settled: Promise<unknown>): void {
    // Only a call has a use for it.
  }

  /** The outcome has passed all levels of this run. */
  protected abstract finished(kind: OutcomeKind, payload: unknown): void

  /** No work of this run, nor of its inner runs, goes on any more. */
  protected abstract allReleased(): void

  get operation(): string {
    return this.plan.operation
  }

  /** As new. */
  protected reset(): void {
    this.depth = this.lo
    this.released = this.lo
    this.isWorking = false
    this.isDecided = false
    this.isReleased = false
    this.openRuns = 0
    this.openLevel = 0
    this.held = undefined
    this.context = undefined
  }

  /** Goes inward from level `index` until a level says no, says wait, or the work starts. */
  enter(index: number): void {
    const { levels } = this.plan
    for (let i = index; i < levels.length; i++) {
      const verdict = (levels[i] as Level).enter(this, i)
      if (verdict !== undefined) return this.stopAt(i, verdict)
    }
    this.depth = levels.length
    this.released = levels.length
    this.startWork()
  }

  hold(held: Held): void {
    this.held = held
  }

  holds(held: Held): boolean {
    return this.held === held
  }

  admit(index: number): void {
    this.held = undefined
    this.enter(index + 1)
  }

  refuse(rejection: Rejection): void {
    this.held = undefined
    this.settle(rejected, rejection, anywhere)
  }

  resume(held: Held, kind: OutcomeKind, payload: unknown): void {
    if (this.held !== held) return
    this.held = undefined
    this.settle(kind, payload, anywhere)
  }

  rerun(index: number, attempt: number): void {
    this.openLevel = this.openRuns === 0 ? index : Math.max(this.openLevel, index)
    this.openRuns++
    const inner = new InnerRun(this, index + 1, attempt)
    this.held = inner
    inner.enter(index + 1)
  }

  /** Ends the run from outside, whatever its drivers would say. */
  cut(kind: OutcomeKind, payload: unknown): void {
    this.cutInner(kind, payload)
    this.settle(kind, payload, -1)
  }

  deadlineReached(index: number): void {
    if (index >= this.depth) return
    const error = this.plan.levels[index]?.deadlineError(this, index)
    this.cutInner(failed, error)
    this.settle(failed, error, index)
  }

  /** An inner run is through; its outcome goes to the driver that started it, unless that gave up on it. */
  innerFinished(inner: Run, kind: OutcomeKind, payload: unknown): void {
    if (this.held !== inner) return
    this.held = undefined
    this.depth = inner.lo
    this.settle(kind, payload, anywhere)
  }

  /** Nothing of an inner run goes on any more. */
  innerReleased(): void {
    this.openRuns--
    this.release()
  }

  /** A level refused the run, or lets it wait. */
  private stopAt(index: number, verdict: Rejection | typeof waiting): void {
    this.depth = index
    this.released = index
    if (verdict !== waiting) this.settle(rejected, verdict, anywhere)
  }

  private startWork(): void {
    this.isWorking = true
    const { call } = this
    call.attemptsMade++
    const context = new RunContext(this.plan.operation, this.attempt, call.options)
    this.context = context
    let result: unknown
    try {
      result = call.work(context)
      if (!isThenable(result)) return this.workEnded(succeeded, result)
      // A promise of the engine's own: it calls exactly one of the two, once, whatever the work's promise does.
      const promise = Promise.resolve(result)
      this.workStarted(promise.then(this.onValue, this.onError))
    } catch (error) {
      this.workEnded(failed, error)
    }
  }

  protected workEnded(kind: OutcomeKind, payload: unknown): void {
    this.isWorking = false
    if (this.isDecided) return this.release()
    if (kind === succeeded && this.plan.passesSuccess && this.openRuns === 0) return this.succeed(payload)
    if (kind === failed) this.plan.observer?.attemptFailed(this.contextOf(), payload)
    this.settle(kind, payload, anywhere)
  }

  /** The way that nearly all calls take: the same as `settle` and `release` where no driver looks at the outcome. */
  private succeed(value: unknown): void {
    const { levels, exits, releases } = this.plan
    const { lo } = this
    this.isDecided = true
    this.depth = lo
    this.released = lo
    for (let i = 0; i < exits.length; i++) {
      const index = exits[i] as number
      if (index >= lo) (levels[index] as Level).exit(this, index, succeeded, value)
    }
    for (let i = 0; i < releases.length; i++) {
      const index = releases[i] as number
      if (index >= lo) (levels[index] as Level).release(this, index)
    }
    this.isReleased = true
    this.allReleased()
    this.finished(succeeded, value)
  }

  private contextOf(): RunContext {
    return this.context ?? new RunContext(this.plan.operation, this.attempt, this.call.options)
  }

  /** Stops what goes on inside: the work through its signal, or what is held instead of it. */
  private cutInner(kind: OutcomeKind, payload: unknown): void {
    const { held } = this
    this.held = undefined
    if (held !== undefined) held.cut(kind, payload)
    if (this.isDecided || !this.isWorking) return
    this.isDecided = true
    if (kind === failed) this.plan.observer?.attemptFailed(this.contextOf(), payload)
    this.context?.abort(payload)
  }

  /** Walks outward with an outcome. Drivers further in than `cut` are not asked. */
  private settle(kind: OutcomeKind, payload: unknown, cut: number): void {
    const { levels } = this.plan
    this.isDecided = true
    while (this.depth > this.lo) {
      const index = --this.depth
      const level = levels[index] as Level
      if (!level.isDriver) level.exit(this, index, kind, payload)
      else if (index <= cut && !(kind === succeeded && level.passesSuccess)) {
        const answer = this.askDriver(index, kind, payload)
        if (answer === taken) return this.release()
        if (answer !== passed) return this.settle(failed, answer, cut)
      }
    }
    this.release()
    this.finished(kind, payload)
  }

  /** A driver asks rules of the user's; what those throw becomes the outcome, so that no call is left without one. */
  private askDriver(index: number, kind: OutcomeKind, payload: unknown): unknown {
    try {
      return (this.plan.levels[index] as Level).settled(this, index, kind, payload) ? taken : passed
    } catch (error) {
      return error
    }
  }

  /** Releases the levels that have learned the outcome and have no work inside them any more. */
  private release(): void {
    if (this.isWorking) return
    const { levels } = this.plan
    const stop = this.openRuns > 0 ? Math.max(this.depth, this.openLevel + 1) : this.depth
    while (this.released > stop) {
      const index = --this.released
      ;(levels[index] as Level).release(this, index)
    }
    if (stop > this.lo || this.isReleased) return
    this.isReleased = true
    this.allReleased()
  }
}

/** A further pass through the inner levels, made for a driver. */
class InnerRun extends Run {
  declare readonly call: CallState
  declare private readonly outer: Run

  constructor(outer: Run, lo: number, attempt: number) {
    super(outer.plan, lo, attempt)
    this.call = outer.call
    this.outer = outer
  }

  protected override finished(kind: OutcomeKind, payload: unknown): void {
    this.outer.innerFinished(this, kind, payload)
  }

  protected override allReleased(): void {
    this.outer.innerReleased()
  }
}
