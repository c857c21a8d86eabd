import type { DeadlineTarget } from '../clock/deadline.ts'
import { captureContext, runIn } from '../clock/caller-context.ts'
import type { Held } from './held.ts'
import { isThenable } from './is-thenable.ts'
import { cancelled, failed, type OutcomeKind, rejected, succeeded } from './outcome.ts'
import type { Plan } from './plan.ts'
import type { Rejection } from './rejection.ts'
import { type ContextHost, RunContext } from './run-context.ts'
import type { CallState, InnerHandle, InnerOwner, InnerPlace, RunHandle } from './run-handle.ts'
import { everyDriver, noDriver, Walk } from './walk.ts'

const promiseThen = Promise.prototype.then

/**
 * One run of the work under the inner levels of a plan: what happens between the way in and the way out. A call
 * is the run of all levels; a driver that runs the inner levels again makes an inner run for just those.
 *
 * Nothing here is async: the work's promise, a timer or a queue calls in, and the run walks on.
 */
export abstract class Run
  extends Walk
  implements RunHandle, DeadlineTarget, InnerHandle, InnerOwner, ContextHost
{
  declare readonly attempt: number
  declare endpoint: unknown
  abstract readonly call: CallState
  abstract readonly turn: number
  /** Of the work that goes on, once it has asked for its signal. */
  declare protected workController: AbortController | undefined
  /** Why the work that goes on is not waited for any more. */
  declare protected abandoned: { readonly reason: unknown } | undefined
  declare private readonly onValue: (value: unknown) => unknown
  declare private readonly onError: (error: unknown) => unknown

  constructor(plan: Plan, lo: number, attempt: number) {
    super(plan, lo)
    this.attempt = attempt
    this.endpoint = undefined
    this.workController = undefined
    this.abandoned = undefined
    this.onValue = (value) => this.promiseEnded(succeeded, value)
    this.onError = (error) => this.promiseEnded(failed, error)
  }

  /** The work's promise has settled; what is returned or thrown is what the promise of `workStarted` becomes. */
  protected abstract promiseEnded(kind: OutcomeKind, payload: unknown): unknown

  /** The work and everything else is over at once, with a success: the way that nearly all calls take. */
  protected abstract completed(): undefined

  /** Makes a run inside this one. */
  protected abstract makeInner(place: InnerPlace, owner: InnerOwner): Run

  get operation(): string {
    return this.plan.operation
  }

  controller(): AbortController {
    if (this.workController !== undefined) return this.workController
    const controller = new AbortController()
    this.workController = controller
    if (this.abandoned !== undefined) controller.abort(this.abandoned.reason)
    return controller
  }

  remainingMs(): number {
    if (this.abandoned !== undefined) return 0
    const { levels } = this.plan
    let least = Infinity
    for (let i = this.lo; i < levels.length; i++)
      least = Math.min(least, levels[i]?.remainingMs(this.permits[i]) ?? Infinity)
    return least
  }

  protected get handle(): this {
    return this
  }

  hold(held: Held): void {
    this.held = held
  }

  holds(held: Held): boolean {
    return this.held === held
  }

  admit(index: number): void {
    this.held = undefined
    runIn(this.call.callerContext, () => void this.enter(index + 1))
  }

  refuse(held: Held, rejection: Rejection): void {
    if (this.held !== held) return
    this.held = undefined
    runIn(this.call.callerContext, () => this.settle(rejected, rejection, noDriver))
  }

  resume(held: Held, kind: OutcomeKind, payload: unknown): void {
    if (this.held !== held) return
    this.held = undefined
    runIn(this.call.callerContext, () => this.settle(kind, payload, noDriver))
  }

  answer(kind: OutcomeKind, payload: unknown): void {
    this.held = undefined
    this.kind = kind
    this.payload = payload
  }

  rerun(index: number, attempt: number): void {
    const inner = this.addInner({ lo: index + 1, attempt, call: this.call }, this)
    this.held = inner
    runIn(this.call.callerContext, () => void inner.enter(index + 1))
  }

  startInner(place: InnerPlace, owner: InnerOwner): InnerHandle {
    const inner = this.addInner(place, owner)
    runIn(place.call.callerContext, () => void inner.enter(place.lo))
    return inner
  }

  discard(value: unknown): void {
    this.plan.dispose(value)
  }

  /** Ends the run from outside, whatever its drivers would say. */
  cut(kind: OutcomeKind, payload: unknown): undefined {
    if (this.isBusy) {
      this.lateCut = { kind, payload }
      if (this.isReleasing) this.cutHeld(kind, payload)
      return
    }
    this.isBusy = true
    this.cutInner(kind, payload)
    this.settle(kind, payload, everyDriver)
  }

  deadlineReached(index: number): void {
    if (this.isBusy || index >= this.depth) return
    this.isBusy = true
    runIn(this.call.callerContext, () => {
      const error = this.plan.levels[index]?.deadlineError(this, index)
      this.cutInner(failed, error)
      this.settle(failed, error, index)
    })
  }

  /** An inner run is through; its outcome goes to the driver that started it, unless that gave up on it. */
  innerFinished(inner: InnerHandle): void {
    if (this.held !== inner) return
    this.held = undefined
    this.depth = inner.lo
    this.settle(inner.kind, inner.payload, noDriver)
  }

  /** Nothing of an inner run goes on any more. */
  innerReleased(inner: Run): void {
    this.openRuns--
    this.openLevels.splice(this.openLevels.indexOf(inner.lo - 1), 1)
    this.releaseLate()
  }

  protected rest(): void {
    this.isBusy = false
    const { lateCut } = this
    if (lateCut !== undefined) return this.cut(lateCut.kind, lateCut.payload)
    const signal = this.call.options?.signal
    if (signal !== undefined && signal.aborted) this.cut(cancelled, signal.reason)
  }

  protected keepContext(): void {
    this.call.callerContext ??= captureContext()
  }

  private addInner(place: InnerPlace, owner: InnerOwner): Run {
    this.openLevels.push(place.lo - 1)
    this.openRuns++
    return this.makeInner(place, owner)
  }

  protected startWork(): Promise<unknown> | undefined {
    const { call, lateCut } = this
    if (lateCut !== undefined) return this.cut(lateCut.kind, lateCut.payload)
    const signal = call.options?.signal
    if (signal !== undefined && signal.aborted) return this.cut(cancelled, signal.reason)
    this.isWorking = true
    call.attemptsMade++
    const context = new RunContext(this, call.options)
    let result: unknown
    try {
      // Not as a method of the call: that would name anonymous work `Call.work` in its stack.
      const { work } = call
      result = work(context)
    } catch (error) {
      return this.workEnded(failed, error)
    }
    return this.follow(result)
  }

  protected workEnded(kind: OutcomeKind, payload: unknown): undefined {
    this.isWorking = false
    if (this.isDecided) {
      // Nobody waits for the outcome any more.
      if (kind === succeeded) this.discard(payload)
      return void this.releaseLate()
    }
    if (kind === succeeded && this.plan.passesSuccess && this.openRuns === 0) {
      this.succeed(payload)
      return this.completed()
    }
    if (kind === failed) this.noteFailure(payload)
    this.settle(kind, payload, noDriver)
  }

  /** Answers with a promise that settles after `promiseEnded`. */
  private follow(result: unknown): Promise<unknown> | undefined {
    try {
      // A real promise's own `then` calls exactly one of the two, once, whatever the work's promise does.
      if (result instanceof Promise && result.constructor === Promise)
        return promiseThen.call(result, this.onValue, this.onError)
      if (isThenable(result)) return promiseThen.call(Promise.resolve(result), this.onValue, this.onError)
    } catch (error) {
      return this.workEnded(failed, error)
    }
    return this.workEnded(succeeded, result)
  }

  private noteFailure(error: unknown): void {
    this.plan.observer?.attemptFailed(this, error)
  }

  private cutHeld(kind: OutcomeKind, payload: unknown): void {
    const { held } = this
    this.held = undefined
    held?.cut(kind, payload)
  }

  /** Stops what goes on inside: the work through its signal, or what is held instead of it. */
  private cutInner(kind: OutcomeKind, payload: unknown): void {
    this.cutHeld(kind, payload)
    if (this.isDecided || !this.isWorking) return
    this.isDecided = true
    if (kind === failed) this.noteFailure(payload)
    this.abandoned = { reason: payload }
    this.workController?.abort(payload)
  }
}
