import { type CallerContext, captureContext } from '../clock/caller-context.ts'
import type { RunOptions, Work } from './call-context.ts'
import type { SparedBy } from './call-observer.ts'
import { CallPool } from './call-pool.ts'
import type { Depositor } from './depositor.ts'
import { FailureToCome } from './failure-to-come.ts'
import { outcomeOf, thrownBy } from './outcome-of.ts'
import { cancelled, type OutcomeKind, succeeded } from './outcome.ts'
import type { Plan } from './plan.ts'
import type { CallState, InnerOwner, InnerPlace } from './run-handle.ts'
import { InnerRun } from './inner-run.ts'
import { Run } from './run.ts'

type Settle = (value: unknown) => void

const noWork: Work<unknown> = () => undefined
/** Turns are counted in small whole numbers: those that know an older one are gone when it comes again. */
const turns = 2 ** 30

/** The calls of one pipeline. */
export function callsOf(plan: Plan): CallPool<Call> {
  const pool: CallPool<Call> = new CallPool((place) => new Call(plan, pool, place))
  return pool
}

/**
 * A whole call: the outermost run, and the promise that the caller holds.
 *
 * Its object is used again once it is finished and released: then no promise, timer, queue or inner run calls in any
 * more, and whatever outlives that holds something of its own to compare. The work only ever sees its `RunContext`.
 */
export class Call extends Run implements CallState {
  declare work: Work<unknown>
  declare turn: number
  declare attemptsMade: number
  declare triedEndpoints: unknown[] | undefined
  declare sparedBy: SparedBy | undefined
  declare depositor: Depositor | undefined
  declare callerContext: CallerContext | undefined
  declare options: RunOptions | undefined
  declare private readonly pool: CallPool<Call>
  /** In the pool. */
  declare readonly place: number
  /** The caller wants the outcome as a value. */
  declare private wantsOutcome: boolean
  /** Set once the caller holds a promise that the call itself settles. */
  declare private resolve: Settle | undefined
  /** The executor of the promise, made once. */
  declare private readonly capture: (resolve: Settle) => void
  declare private startedAt: number
  declare private onAbort: (() => void) | undefined
  /** The outcome is known. */
  declare private isFinished: boolean
  /** The caller has it, or the code on the stack that gives it to the caller. */
  declare private isTold: boolean
  /** No work goes on. */
  declare private isOver: boolean

  constructor(plan: Plan, pool: CallPool<Call>, place: number) {
    super(plan, 0, 0)
    this.pool = pool
    this.place = place
    this.turn = 0
    this.wantsOutcome = false
    this.startedAt = 0
    this.onAbort = undefined
    this.capture = (resolve) => {
      this.resolve = resolve
    }
    this.clear()
  }

  get call(): this {
    return this
  }

  /** Starts the call. With a signal that has aborted already nothing is run. */
  begin(work: Work<unknown>, options: RunOptions | undefined, wantsOutcome: boolean): Promise<unknown> {
    this.work = work
    this.options = options
    this.wantsOutcome = wantsOutcome
    const { observer, keepsContext } = this.plan
    if (keepsContext) this.callerContext = captureContext()
    if (observer !== undefined) this.startedAt = observer.callStarted()
    if (options !== undefined && options.signal !== undefined) return this.beginWith(options.signal)
    const settled = this.enter(0)
    if (this.isFinished) return Promise.resolve(this.take())
    return settled === undefined || this.plan.settlesEarly ? this.defer() : settled
  }

  get isDetached(): boolean {
    return false
  }

  protected makeInner(place: InnerPlace, owner: InnerOwner): Run {
    return new InnerRun(this, place, owner)
  }

  protected promiseEnded(kind: OutcomeKind, payload: unknown): unknown {
    const { wantsOutcome, resolve } = this
    if (kind === succeeded && !this.isDecided && this.plan.passesSuccess && this.openRuns === 0) {
      this.isWorking = false
      this.succeed(payload)
      this.releaseAll()
      this.noteEnd(succeeded)
      this.recycle()
      const answer = wantsOutcome ? outcomeOf(succeeded, payload) : payload
      if (resolve === undefined) return answer
      resolve(answer)
      return undefined
    }
    const isTooLate = this.isDecided
    this.workEnded(kind, payload)
    if (isTooLate || resolve !== undefined) return undefined
    return this.isFinished ? this.take() : this.defer()
  }

  protected through(): void {
    this.release()
    this.isFinished = true
    this.end()
  }

  protected allReleased(): void {
    this.isOver = true
    if (this.isTold) this.recycle()
  }

  protected completed(): undefined {
    this.releaseAll()
    this.isFinished = true
    this.isOver = true
    this.end()
  }

  /** The promise is made first: when user code aborts the call while it is on the stack, nobody may be there to hand to. */
  private beginWith(signal: AbortSignal): Promise<unknown> {
    const promise = this.defer()
    this.onAbort = () => this.cut(cancelled, signal.reason)
    if (signal.aborted) this.onAbort()
    else {
      signal.addEventListener('abort', this.onAbort, { once: true })
      void this.enter(0)
    }
    return promise
  }

  private defer(): Promise<unknown> {
    return new Promise<unknown>(this.capture)
  }

  /**
   * Tells the caller; the call may be in use again before this returns. Where the caller has no promise yet, the code on the stack
   * takes the outcome: so a promise is made only where one is needed.
   */
  private end(): void {
    const { resolve } = this
    this.noteEnd(this.kind)
    if (resolve !== undefined) resolve(this.take())
  }

  private told(): void {
    this.isTold = true
    if (this.isOver) this.recycle()
  }

  /** The outcome as what a promise is resolved with. */
  private take(): unknown {
    const { wantsOutcome, kind, payload } = this
    this.told()
    if (wantsOutcome) return outcomeOf(kind, payload)
    if (kind === succeeded) return payload
    return new FailureToCome(thrownBy(kind, payload))
  }

  private noteEnd(kind: OutcomeKind): void {
    if (this.onAbort !== undefined) this.stopListening()
    const { observer } = this.plan
    if (observer !== undefined) observer.callEnded(this, this.startedAt, kind)
  }

  private stopListening(): void {
    if (this.onAbort !== undefined) this.options?.signal?.removeEventListener('abort', this.onAbort)
    this.onAbort = undefined
  }

  private recycle(): void {
    if (this.abandoned !== undefined) return this.pool.replace(this)
    this.turn = (this.turn + 1) % turns
    if (this.isReleased) this.reset()
    else this.resetCompleted()
    this.clear()
    this.pool.put(this)
  }

  private clear(): void {
    this.work = noWork
    this.options = undefined
    this.workController = undefined
    this.endpoint = undefined
    this.triedEndpoints = undefined
    this.resolve = undefined
    this.attemptsMade = 0
    this.sparedBy = undefined
    this.depositor = undefined
    this.callerContext = undefined
    this.isFinished = false
    this.isTold = false
    this.isOver = false
  }
}
