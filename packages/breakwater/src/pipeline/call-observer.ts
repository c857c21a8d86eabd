import type { CallContext } from './call-context.ts'
import type { OutcomeKind } from './outcome.ts'

/** Who made a success out of a call whose first attempt was none. */
export type SparedBy = 'retry' | 'fallback' | 'cache' | 'hedge'

/** What an observer is told of a call that ended; not to be kept. */
export interface ObservedCall {
  /** How often the work was started. */
  readonly attemptsMade: number
  readonly sparedBy: SparedBy | undefined
}

/** What an observer is told of an attempt; not to be kept. */
export type ObservedAttempt = Pick<CallContext, 'operation' | 'attempt'>

/** Counts calls for a runtime. Each method must be quick and must not throw. */
export interface CallObserver {
  /** A call begins; the result is given back to {@link CallObserver.callEnded}: usually a clock reading. */
  callStarted(): number
  callEnded(call: ObservedCall, startedAt: number, kind: OutcomeKind): void
  /** The work failed or timed out once; a retry may follow. */
  attemptFailed(attempt: ObservedAttempt, error: unknown): void
}
