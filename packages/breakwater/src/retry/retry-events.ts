/** What a retry reports. */
export type RetryEvent =
  | RetryScheduled
  | RetryHastened
  | RetryDeclined
  | RetriesExhausted
  | RetryTimeExhausted
  | RetryBudgetExhausted
  | RetryPreparationFailed

/** An attempt failed and another will be made. */
export interface RetryScheduled {
  readonly type: 'RetryScheduled'
  readonly policy: string
  readonly operation: string
  /** 1 for the first retry. */
  readonly retry: number
  readonly delayMs: number
  /** What the wait is for: the backoff, what the dependency asked for, or the next trial of an open breaker. */
  readonly because: 'backoff' | 'retry-after' | 'circuit-open'
  /** The rule that the error follows; left out when it follows none. */
  readonly rule?: string
  readonly error: unknown
}

/** A wait was cut short, because what was broken has recovered. */
export interface RetryHastened {
  readonly type: 'RetryHastened'
  readonly policy: string
  readonly operation: string
  /** The number of the retry that waits. */
  readonly retry: number
  /** How long it still waits. */
  readonly delayMs: number
}

/** An attempt failed in a way that is not tried again. */
export interface RetryDeclined {
  readonly type: 'RetryDeclined'
  readonly policy: string
  readonly operation: string
  /**
   * `not-retryable` the error fails the same way again · `unsafe` the work may have had an effect and is not
   * idempotent · `rejected` a policy further in refused · `pushback` the server said not to come back
   */
  readonly reason: 'not-retryable' | 'unsafe' | 'rejected' | 'pushback'
  readonly error: unknown
}

/** The last allowed attempt failed; its error goes on outward. */
export interface RetriesExhausted {
  readonly type: 'RetriesExhausted'
  readonly policy: string
  readonly operation: string
  readonly retries: number
  readonly error: unknown
}

/** The wait before the next attempt would not end in time; the error of the attempt before goes on outward. */
export interface RetryTimeExhausted {
  readonly type: 'RetryTimeExhausted'
  readonly policy: string
  readonly operation: string
  /** How long the wait would have been. */
  readonly delayMs: number
  /** How much time is left. */
  readonly leftMs: number
  readonly error: unknown
}

/** The budget refused a retry; the error of the attempt before goes on outward. */
export interface RetryBudgetExhausted {
  readonly type: 'RetryBudgetExhausted'
  readonly policy: string
  readonly operation: string
  readonly error: unknown
}

/** What had to be done before a retry failed; the error of the attempt goes on outward. */
export interface RetryPreparationFailed {
  readonly type: 'RetryPreparationFailed'
  readonly policy: string
  readonly operation: string
  readonly rule: string
  readonly error: unknown
  /** What the preparation failed with. */
  readonly failure: unknown
}
