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

/** Where finished calls of one pipeline wait to be used again. */
export class CallPool {
  declare private readonly plan: Plan
  declare private readonly spare: Call[]

  constructor(plan: Plan) {
    this.plan = plan
    this.spare = []
  }

  /** A call that is as new. */
  take(): Call {
    return this.spare.pop() ?? new Call(this.plan, this)
  }

  /** Takes a call back that nothing refers to any more. */
  put(call: Call): void {
    if (this.spare.length < spareCalls) this.spare.push(call)
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
  /** The caller wants the outcome as a value. */
  declare private wantsOutcome: boolean
  /** Set once the caller holds a promise that the call itself settles. */
  declare private resolve: Settle | undefined
  declare private reject: Settle | undefined
  /** What the work's promise becomes, where the caller may have that. */
  declare private chain: Promise<unknown> | undefined
  declare private startedAt: number
  declare private onAbort: (() => void) | undefined
  declare private isFinished: boolean
  declare private isOver: boolean

  constructor(plan: Plan, pool: CallPool) {
    super(plan, 0, 0)
    this.pool = pool
    this.wantsOutcome = false
    this.chain = undefined
    this.startedAt = 0
    this.onAbort = undefined
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
    this.enter(0)
    if (handedKind !== undefined) return promiseOf(wantsOutcome)
    const { chain } = this
    if (chain === undefined) return this.defer()
    this.chain = undefined
    return chain
  }

  protected makeInner(lo: number, attempt: number, owner: InnerOwner): Run {
    return new InnerRun(this, { lo, attempt }, owner)
  }

  protected workStarted(settled: Promise<unknown>): void {
    if (this.plan.settlesEarly || this.resolve !== undefined) return
    this.chain = settled
  }

  protected promiseEnded(kind: OutcomeKind, payload: unknown): unknown {
    const { wantsOutcome } = this
    const isDeferred = this.resolve !== undefined
    this.workEnded(kind, payload)
    if (isDeferred) return undefined
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

  protected completed(): void {
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
    const promise = new Promise<unknown>(capture)
    this.resolve = resolveNext
    this.reject = rejectNext
    return promise
  }

  /** Tells the caller. The call may be in use again before this returns. */
  private end(): void {
    const { reject, resolve, wantsOutcome, kind, payload } = this
    if (this.onAbort !== undefined) this.stopListening()
    const { observer } = this.plan
    if (observer !== undefined) observer.callEnded(this, this.startedAt, kind)
    if (this.isOver) this.recycle()
    if (resolve === undefined || reject === undefined) {
      handedKind = kind
      handedPayload = payload
    } else if (wantsOutcome) resolve(outcomeOf(kind, payload))
    else if (kind === succeeded) resolve(payload)
    else reject(thrownBy(kind, payload))
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

let resolveNext: Settle
let rejectNext: Settle

/** One function for all calls, so that a call allocates no executor: the promise's functions are picked up at once. */
function capture(resolve: Settle, reject: Settle): void {
  resolveNext = resolve
  rejectNext = reject
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
