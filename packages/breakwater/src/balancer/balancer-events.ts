/** What a balancer reports. */
export type BalancerEvent =
  | EndpointEjected
  | EndpointRestored
  | EndpointHealthChanged
  | EndpointAdded
  | EndpointRemoved
  | FailoverStarted
  | FailoverEnded
  | PanicStarted
  | PanicEnded
  | DiscoveryFailed
  | EndpointsDropped

/** An endpoint failed more than the others and gets no calls for a time. */
export interface EndpointEjected {
  readonly type: 'EndpointEjected'
  readonly policy: string
  readonly endpoint: string
  /** `5 calls failed in a row`. */
  readonly reason: string
  readonly forMs: number
  /** Which ejection in short order it is; the time grows with it. */
  readonly times: number
}

/** An ejected endpoint gets calls again, a few at first. */
export interface EndpointRestored {
  readonly type: 'EndpointRestored'
  readonly policy: string
  readonly endpoint: string
  /** Its time was over, a health probe passed, or too many were ejected after others were removed. */
  readonly because: 'time' | 'probe' | 'limit'
}

/** A health probe changed what the balancer thinks of an endpoint. */
export interface EndpointHealthChanged {
  readonly type: 'EndpointHealthChanged'
  readonly policy: string
  readonly endpoint: string
  readonly isHealthy: boolean
  readonly reason: string
}

/** An endpoint came. */
export interface EndpointAdded {
  readonly type: 'EndpointAdded'
  readonly policy: string
  readonly endpoint: string
}

/** An endpoint is gone; `wasDrained` when its last call had ended before. */
export interface EndpointRemoved {
  readonly type: 'EndpointRemoved'
  readonly policy: string
  readonly endpoint: string
  readonly wasDrained: boolean
}

/** The first priority level is not healthy enough for all calls: a share of them goes to further levels. */
export interface FailoverStarted {
  readonly type: 'FailoverStarted'
  readonly policy: string
  /** The share of each level, the most preferred first. */
  readonly shares: readonly number[]
}

/** The first priority level takes all calls again. */
export interface FailoverEnded {
  readonly type: 'FailoverEnded'
  readonly policy: string
}

/** So few endpoints are healthy that a level uses all of its own. */
export interface PanicStarted {
  readonly type: 'PanicStarted'
  readonly policy: string
  /** Of the levels that panic. */
  readonly priorities: readonly number[]
}

/** No level panics any more. */
export interface PanicEnded {
  readonly type: 'PanicEnded'
  readonly policy: string
}

/** The endpoints could not be asked for; those that were known stay. */
export interface DiscoveryFailed {
  readonly type: 'DiscoveryFailed'
  readonly policy: string
  readonly error: unknown
}

/** Discovery gave more endpoints than `maxEndpoints`, or some that are none; those were left out. */
export interface EndpointsDropped {
  readonly type: 'EndpointsDropped'
  readonly policy: string
  readonly count: number
}
