/** What a retry reports. */
export type RetryEvent = RetryScheduled | RetriesExhausted | RetryBudgetExhausted

/** An attempt failed and another will be made. */
export interface RetryScheduled {
  readonly type: 'RetryScheduled'
  readonly policy: string
  readonly operation: string
  /** 1 for the first retry. */
  readonly retry: number
  readonly delayMs: number
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

/** The budget refused a retry; the error of the attempt before goes on outward. */
export interface RetryBudgetExhausted {
  readonly type: 'RetryBudgetExhausted'
  readonly policy: string
  readonly operation: string
  readonly error: unknown
}
