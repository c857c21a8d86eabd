/** What a throttle reports. */
export type ThrottleEvent = ThrottleStarted | ThrottleEnded

/** The dependency refuses so much that calls are shed here. */
export interface ThrottleStarted {
  readonly type: 'ThrottleStarted'
  readonly policy: string
  /** The share of all calls to shed, 0–1. */
  readonly ratio: number
  readonly requests: number
  readonly accepts: number
}

/** Nothing is shed any more. Noticed by the next call. */
export interface ThrottleEnded {
  readonly type: 'ThrottleEnded'
  readonly policy: string
  /** Calls that were shed meanwhile. */
  readonly shed: number
  /** How long calls were shed, milliseconds. */
  readonly afterMs: number
}
