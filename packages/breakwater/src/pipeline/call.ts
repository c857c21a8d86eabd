import type { RunOptions, Work } from './call-context.ts'
import type { SparedBy } from './call-observer.ts'
import { outcomeOf, thrownBy } from './outcome-of.ts'
import { cancelled, type OutcomeKind, succeeded } from './outcome.ts'
import type { Plan } from './plan.ts'
import type { CallState, InnerOwner } from './run-handle.ts'
import { InnerRun } from './inner-run.ts'
import { Run } from './run.ts'

type Settle = (value: unknown) => void

const noWork: Work<unknown> = () => undefined
/** How many finished calls a pipeline keeps to use again. */
const spareCalls = 32

/**
 * Where finished calls of one pipeline wait to be used again. A call keeps its place for good, and places pass from hand to
 * hand as numbers: storing an object in an old one costs more than it seems.
 */
export class CallPool {
  declare private readonly plan: Plan
  declare private readonly calls: Call[]
  /** The places of calls that are free: the first `frees` of them. */
  declare private readonly free: Uint8Array
  declare private frees: number

  constructor(plan: Plan) {
    this.plan = plan
    this.calls = []
    this.free = new Uint8Array(spareCalls)
    this.frees = 0
  }

  /** A call that is as new. */
  take(): Call {
    if (this.frees === 0) return this.make()
    return this.calls[this.free[--this.frees] as number] as Call
  }

  /** Takes a call back that nothing refers to any more. */
  put(call: Call): void {
    if (call.place < spareCalls) this.free[this.frees++] = call.place
  }

  private make(): Call {
    const { calls } = this
    const call = new Call(this.plan, this, calls.length)
    if (calls.length < spareCalls) calls.push(call)
    return call
  }
}

/**
 * Where a call that finishes while its own code is on the stack leaves its outcome: whoever is on the stack takes it at
 * once. So a promise is made only where one is needed.
 */
let handedKind: OutcomeKind | undefined
let handedPayload: unknown

/**
 * A whole call: the outermost run, and the promise that the caller holds.
 *
 * Its object is used again once it is finished and released: then no promise, timer, queue or inner run calls in any
 * more, and whatever outlives that holds something of its own to compare. The work only ever sees its `RunContext`.
 */
export class Call extends Run implements CallState {
  declare work: Work<unknown>
  declare attemptsMade: number
  declare triedEndpoints: unknown[] | undefined
  declare sparedBy: SparedBy | undefined
  declare options: RunOptions | undefined
  declare private readonly pool: CallPool
  /** In the pool. */
  declare readonly place: number
  /** The caller wants the outcome as a value. */
  declare private wantsOutcome: boolean
  /** Set once the caller holds a promise that the call itself settles. */
  declare private resolve: Settle | undefined
  declare private reject: Settle | undefined
  /** The executor of the promise, made once. */
  declare private readonly capture: (resolve: Settle, reject: Settle) => void
  declare private startedAt: number
  declare private onAbort: (() => void) | undefined
  declare private isFinished: boolean
  declare private isOver: boolean

  constructor(plan: Plan, pool: CallPool, place: number) {
    super(plan, 0, 0)
    this.pool = pool
    this.place = place
    this.wantsOutcome = false
    this.startedAt = 0
    this.onAbort = undefined
    this.capture = (resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
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
    const { observer } = this.plan
    if (observer !== undefined) this.startedAt = observer.callStarted()
    if (options !== undefined && options.signal !== undefined) return this.beginWith(options.signal)
    const settled = this.enter(0)
    if (handedKind !== undefined) return promiseOf(wantsOutcome)
    return settled === undefined || this.plan.settlesEarly ? this.defer() : settled
  }

  protected makeInner(lo: number, attempt: number, owner: InnerOwner): Run {
    return new InnerRun(this, { lo, attempt }, owner)
  }

  protected promiseEnded(kind: OutcomeKind, payload: unknown): unknown {
    const { wantsOutcome, resolve } = this
    if (kind === succeeded && !this.isDecided && this.plan.passesSuccess && this.openRuns === 0) {
      this.isWorking = false
      this.succeed(payload)
      this.noteEnd(succeeded)
      this.recycle()
      const answer = wantsOutcome ? outcomeOf(succeeded, payload) : payload
      if (resolve === undefined) return answer
      resolve(answer)
      return undefined
    }
    this.workEnded(kind, payload)
    if (resolve !== undefined) return undefined
    return handedKind === undefined ? this.defer() : takeHanded(wantsOutcome)
  }

  protected finished(): void {
    this.isFinished = true
    this.end()
  }

  protected allReleased(): void {
    this.isOver = true
    if (this.isFinished) this.recycle()
  }

  protected completed(): undefined {
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
      this.enter(0)
    }
    return promise
  }

  private defer(): Promise<unknown> {
    return new Promise<unknown>(this.capture)
  }

  /** Tells the caller. The call may be in use again before this returns. */
  private end(): void {
    const { reject, resolve, wantsOutcome, kind, payload } = this
    this.noteEnd(kind)
    if (this.isOver) this.recycle()
    if (resolve === undefined || reject === undefined) {
      handedKind = kind
      handedPayload = payload
    } else if (wantsOutcome) resolve(outcomeOf(kind, payload))
    else if (kind === succeeded) resolve(payload)
    else reject(thrownBy(kind, payload))
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
    if (this.isReleased) this.reset()
    else this.resetCompleted()
    this.clear()
    this.pool.put(this)
  }

  private clear(): void {
    this.work = noWork
    this.options = undefined
    this.context = undefined
    this.endpoint = undefined
    this.triedEndpoints = undefined
    this.resolve = undefined
    this.reject = undefined
    this.attemptsMade = 0
    this.sparedBy = undefined
    this.isFinished = false
    this.isOver = false
  }
}

/** The outcome that was handed over, as what a promise's handler returns or throws. */
function takeHanded(wantsOutcome: boolean): unknown {
  const kind = handedKind ?? succeeded
  const payload = handedPayload
  handedKind = undefined
  handedPayload = undefined
  if (wantsOutcome) return outcomeOf(kind, payload)
  if (kind === succeeded) return payload
  throw thrownBy(kind, payload)
}

/** The outcome that was handed over, as a promise. */
function promiseOf(wantsOutcome: boolean): Promise<unknown> {
  try {
    return Promise.resolve(takeHanded(wantsOutcome))
  } catch (error) {
    return Promise.reject(error)
  }
}
