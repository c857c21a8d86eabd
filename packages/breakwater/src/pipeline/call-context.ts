/** What the work is given. */
export interface CallContext {
  /**
   * Aborts when the caller aborts or a timeout gives up on this attempt. Made when it is read: work that does not
   * look at it costs nothing.
   */
  readonly signal: AbortSignal
  /**
   * Milliseconds until the nearest timeout of the pipeline gives up on this attempt, to tell those that the work calls; accurate to
   * 15 ms. At least 0; Infinity when no timeout limits the attempt, 0 when the call has ended.
   */
  readonly remainingMs: number
  /** 0 for the first attempt. */
  readonly attempt: number
  /** The operation's name. */
  readonly operation: string
  /** The arguments of a wrapped function, or what the caller passed as `args`; empty otherwise. */
  readonly args: readonly unknown[]
  /** What the innermost balancer of the pipeline chose for this attempt; undefined without one. Its `endpointOf` knows the type. */
  readonly endpoint: unknown
}

/** The user's function: may be async, may throw at once, may return anything. */
export type Work<T> = (context: CallContext) => T | PromiseLike<T>

/** How much a call matters: what is shed first under overload, and what last. */
export type Criticality = 'low' | 'normal' | 'high' | 'critical'

/** What may be said about a single call. */
export interface RunOptions {
  /** Ends the call, wherever it is: queue, backoff, work. The call then throws the signal's reason. */
  readonly signal?: AbortSignal
  /** Which of a keyed policy's parts the call belongs to: a tenant, a host. @default '' */
  readonly key?: string
  /** For policies that shed load or share slots by importance. @default 'normal' */
  readonly criticality?: Criticality
  /** Overrides the pipeline's `idempotent` for this call. */
  readonly idempotent?: boolean
  /** Shown to fallbacks and to the work as `context.args`. @default [] */
  readonly args?: readonly unknown[]
}
