/** What a fallback reports. */
export type FallbackEvent = FallbackUsed | FallbackFailed

/** A call was answered by the fallback. */
export interface FallbackUsed {
  readonly type: 'FallbackUsed'
  readonly policy: string
  readonly operation: string
  /** Which of several: its name, or its position from 1. */
  readonly step: string
  /** What the call would have thrown. */
  readonly error: unknown
}

/** A fallback failed as well; the next is asked, or its error goes on outward. */
export interface FallbackFailed {
  readonly type: 'FallbackFailed'
  readonly policy: string
  readonly operation: string
  /** Which of several: its name, or its position from 1. */
  readonly step: string
  /** What the fallback threw. */
  readonly error: unknown
  /** What the call had failed with. */
  readonly original: unknown
}
