/** Which way bytes go: from the client to the target, or back. */
export type FlowDirection = 'to-target' | 'to-client'

/** How a flow is ended before its time: the connection is reset, or the stream ends as if all had been sent. */
export type CutKind = 'reset' | 'end'

/** What a fault does to one direction of a connection. What is left out is as without it. */
export interface FlowEffect {
  /** Nothing passes, the end of the stream neither. */
  readonly isHeld?: boolean
  readonly latencyMs?: number
  /** Spread evenly around `latencyMs`. */
  readonly jitterMs?: number
  /** How much later the end of the stream passes. */
  readonly closeDelayMs?: number
  readonly bytesPerSecond?: number
  /** The most that is written at once. */
  readonly pieceBytes?: number
  /** The least time between two pieces. */
  readonly gapMs?: number
  /** After so many bytes more it is over. */
  readonly cut?: { readonly afterBytes: number; readonly kind: CutKind }
}
