/** What a hedge reports. */
export type HedgeEvent = HedgeStarted | HedgeWon | HedgeRefused

/** A further attempt was started beside those that run. */
export interface HedgeStarted {
  readonly type: 'HedgeStarted'
  readonly policy: string
  readonly operation: string
  /** 1 for the first hedge. */
  readonly attempt: number
  /** `failure` when an attempt before failed, `delay` when it was too slow. */
  readonly because: 'delay' | 'failure'
}

/** A hedge answered first. */
export interface HedgeWon {
  readonly type: 'HedgeWon'
  readonly policy: string
  readonly operation: string
  readonly attempt: number
}

/** The budget had no attempt left. */
export interface HedgeRefused {
  readonly type: 'HedgeRefused'
  readonly policy: string
  readonly operation: string
}
