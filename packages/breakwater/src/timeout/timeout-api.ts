import type { Policy } from '../pipeline/policy.ts'
import type { CallTimedOut } from './timeout-options.ts'

/** A call that a timeout with `track` watches over. */
export interface CallInFlight {
  /** For {@link Timeout.cancel}; unique within the policy. */
  readonly id: number
  readonly operation: string
  readonly attempt: number
  /** Epoch milliseconds. */
  readonly startedAt: number
  /** How long it has run. */
  readonly ageMs: number
  /** What it may take. */
  readonly limitMs: number
}

/** A limit on time, as {@link timeout} makes it. */
export interface Timeout extends Policy {
  readonly kind: 'timeout'
  /** The limit for a call that starts now, whatever is left to its caller. */
  readonly limitMs: number
  readonly scope: 'attempt' | 'total'
  /** How many calls or attempts it has ended. */
  readonly timedOut: number
  /** How many it has not begun as no time was left to their callers. */
  readonly refused: number
  /**
   * What a call that starts now and here may take: the limit, or with `propagate` what is left to the caller when that is
   * less; 0 when nothing is. For the work, to be passed on. A timeout in several pipelines asks the first that knows what is left.
   */
  budgetMs(): number
  /**
   * The calls that run, oldest first.
   *
   * @throws {TypeError} without the option `track`
   */
  inFlight(): readonly CallInFlight[]
  /**
   * Ends a call: its signal aborts and it fails with a `CallCancelledError` whose cause is the reason. False when it has
   * ended already, or is just on its way in.
   *
   * @throws {TypeError} without the option `track`
   */
  cancel(id: number, reason?: unknown): boolean
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: CallTimedOut) => void): () => void
}
