/** What a concurrency limiter reports. */
export type ConcurrencyEvent = LimitChanged | LimitExceeded

/** The algorithm, or a bound that was set, moved the limit. Under load this comes with each sample, or each window. */
export interface LimitChanged {
  readonly type: 'LimitChanged'
  readonly policy: string
  readonly from: number
  readonly to: number
  /** Calls that ran at that moment. */
  readonly active: number
}

/** Calls are refused: the first refusal since a call last found room. */
export interface LimitExceeded {
  readonly type: 'LimitExceeded'
  readonly policy: string
  readonly limit: number
  readonly active: number
  readonly queued: number
}
