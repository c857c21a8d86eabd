/** The kinds of policy that report a state or counters of their own. */
export const policyKinds = [
  'circuit-breaker',
  'bulkhead',
  'retry',
  'retry-budget',
  'timeout',
  'fallback',
  'hedge',
  'cache',
  'coalescing',
  'rate-limiter',
  'concurrency-limiter',
  'adaptive-throttle',
  'balancer',
  'chaos',
] as const

/** One of {@link policyKinds}. */
export type PolicyKind = (typeof policyKinds)[number]

/** The state a breaker is in, by itself; an override is told apart in `BreakerFacts.override`. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** What a person ordered a breaker to do. `automatic` gives it back to itself. */
export type OverrideMode = 'forced-open' | 'forced-closed' | 'automatic'

/** How a breaker stands, and why; what the page needs to draw it. All times are epoch milliseconds. */
export interface BreakerFacts {
  readonly state: BreakerState
  readonly override: OverrideMode
  /** When the state was entered. */
  readonly since: number
  /** One sentence: `62 % of 120 calls failed in 30 s`. */
  readonly reason: string
  /** Calls that the window holds now. */
  readonly windowCalls: number
  readonly windowFailures: number
  /** 0 for a breaker of the consecutive kind. */
  readonly windowMs: number
  /** The share of failures, 0–1, that opens it; for the consecutive kind the count is in `threshold`. */
  readonly failureRatio: number
  readonly threshold: number
  readonly minimumCalls: number
  /** When an open breaker admits its next trial; null unless open. */
  readonly nextTrialAt: number | null
  /** What would close it, one sentence; empty when closed. */
  readonly closesWhen: string
}

/** The counters of one policy of one instance since the report before, and how it stands now. */
export interface PolicyFacts {
  readonly kind: PolicyKind
  /** Unique for its kind within a service: `stripe`. */
  readonly name: string
  /** Added since the report before, each a whole number ≥ 0: `rejected`, `admitted`, `opened`. */
  readonly counters: Readonly<Record<string, number>>
  /** As of now: `active`, `queued`, `limit`. */
  readonly gauges: Readonly<Record<string, number>>
  /** Present for circuit breakers only. */
  readonly breaker?: BreakerFacts
}
