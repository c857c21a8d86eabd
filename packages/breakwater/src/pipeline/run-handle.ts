import type { SparedBy } from './call-observer.ts'
import type { RunOptions, Work } from './call-context.ts'
import type { CallerContext } from '../clock/caller-context.ts'
import type { DepositNote } from './depositor.ts'
import type { Held } from './held.ts'
import type { OutcomeKind } from './outcome.ts'
import type { Rejection } from './rejection.ts'

/** What all runs of one call share. */
export interface CallState extends DepositNote {
  readonly work: Work<unknown>
  readonly options: RunOptions | undefined
  /** How often the work was started. */
  attemptsMade: number
  /** What balancers keep about the endpoints that this call has been sent to, the last one last; made when it is needed. */
  triedEndpoints: unknown[] | undefined
  sparedBy: SparedBy | undefined
  /** Set where somebody else, or the clock, may let the call go on. */
  callerContext: CallerContext | undefined
  /** It goes on behind its answer: what is left to its caller does not bind it. */
  readonly isDetached: boolean
}

/** An inner run, as the driver sees it that started it. */
export interface InnerHandle extends Held {
  /** The first of the levels that it runs. */
  readonly lo: number
  readonly attempt: number
  readonly kind: OutcomeKind
  readonly payload: unknown
}

/** Where an inner run stands, and for which call. */
export interface InnerPlace {
  /** The first of its levels: the one after the driver's. */
  readonly lo: number
  readonly attempt: number
  readonly call: CallState
}

/** Takes the outcome of inner runs: it is in the run's `kind` and `payload`. */
export interface InnerOwner {
  innerFinished(inner: InnerHandle): void
}

/** What a level may do with a run that is in it. */
export interface RunHandle {
  readonly operation: string
  readonly attempt: number
  readonly call: CallState
  /** The kind of the outcome that passes: for `exit` and `settled`. */
  readonly kind: OutcomeKind
  /** Its value, error, {@link Rejection} or abort reason. */
  readonly payload: unknown
  /**
   * By level index: what the level keeps about this run, such as the state that admitted it. May hold what an earlier
   * call left there: a level sets its own on `enter`.
   */
  readonly permits: unknown[]
  /** What the work, and runs inside this one, read as their endpoint; set on `enter`. */
  endpoint: unknown
  /** The run waits; `held` is told when it must stop to. */
  hold(held: Held): void
  /** Whether the run still waits for what it was told to hold. */
  holds(held: Held): boolean
  /** A driver, in `enter`: the outcome, without going further in. Followed by the verdict `answered`. */
  answer(kind: OutcomeKind, payload: unknown): void
  /** A gate: the run that waited at level `index` may go on. */
  admit(index: number): void
  /** A gate: the run that it held will not be admitted; nothing happens when the run was cut meanwhile. */
  refuse(held: Held, rejection: Rejection): void
  /** A driver: the outcome for which it held the run; nothing happens when the run was cut meanwhile. */
  resume(held: Held, kind: OutcomeKind, payload: unknown): void
  /** A driver at level `index`: runs the inner levels once more, as attempt `attempt`. */
  rerun(index: number, attempt: number): void
  /**
   * A driver that races or shares: one more run of the inner levels, whose outcome goes to `owner` and to nobody else. The driver
   * holds the run meanwhile, and cuts the inner runs when it is cut.
   */
  startInner(place: InnerPlace, owner: InnerOwner): InnerHandle
  /** Gives up a value that nobody will get: it is disposed as the pipeline was told to. */
  discard(value: unknown): void
  /** A gate at level `index`: its deadline. */
  deadlineReached(index: number): void
}
