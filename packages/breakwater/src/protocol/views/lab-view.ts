/** The faults that the demo fleet can have. */
export type LabFaultKind = 'latency' | 'errors' | 'reset' | 'hang' | 'trickle' | 'kill'

/** A fault to start. */
export interface LabFaultOrder {
  /** `payments`, `inventory` or `recommendations`. */
  readonly target: string
  readonly kind: LabFaultKind
  /** Share of requests that it hits, 0–1; default 1. `kill` ignores it. */
  readonly ratio?: number
  /** For `latency`: added milliseconds; default 2,000. */
  readonly latencyMs?: number
  /** For `errors`: the HTTP status; default 503. */
  readonly status?: number
  /** It ends by itself after this; default 30,000, at most 600,000. For `kill`: down for so long. */
  readonly durationMs?: number
}

/** A fault in force. */
export interface LabFault extends Required<LabFaultOrder> {
  readonly id: string
  readonly startedAt: number
  readonly endsAt: number
}

/** One second of what a storefront's users saw, by the load generator's own count. */
export interface LabSecond {
  readonly at: number
  readonly requests: number
  /** Full answers. */
  readonly full: number
  /** Answers without the part that failed. */
  readonly degraded: number
  readonly errors: number
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
}

/** One of the two storefronts under the same traffic. */
export interface LabSide {
  readonly name: 'protected' | 'unprotected'
  readonly requests: number
  readonly full: number
  readonly degraded: number
  readonly errors: number
  /** Requests that the load generator could not send because too many were under way; they are in no other count. */
  readonly dropped: number
  /** The last 300 seconds, oldest first. */
  readonly seconds: readonly LabSecond[]
}

/** A step of the scripted tour. */
export interface LabTourStep {
  readonly title: string
  readonly text: string
  readonly state: 'waiting' | 'running' | 'done'
}

/** Everything the Lab shows; ask for it each second. */
export interface LabView {
  readonly at: number
  /** Requests a second to each storefront. */
  readonly ratePerSecond: number
  readonly targets: readonly {
    readonly name: string
    readonly isUp: boolean
    readonly pid: number | null
    readonly restarts: number
  }[]
  readonly faults: readonly LabFault[]
  readonly sides: readonly [LabSide, LabSide]
  readonly tour: { readonly isRunning: boolean; readonly steps: readonly LabTourStep[] }
}
