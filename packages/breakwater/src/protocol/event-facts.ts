/** The events that travel: exceptional, few, each worth a mark on a time axis. */
export type EventType =
  | 'ServiceStarted'
  | 'ServiceStopped'
  | 'ServiceCrashed'
  | 'CircuitOpened'
  | 'CircuitHalfOpened'
  | 'CircuitClosed'
  | 'CircuitOverridden'
  | 'CircuitKeysExhausted'
  | 'RetryBudgetExhausted'
  | 'BudgetExhausted'
  | 'BudgetRecovered'
  | 'BulkheadSaturated'
  | 'BulkheadBreached'
  | 'BulkheadBreachEnded'
  | 'LimitChanged'
  | 'LimitExceeded'
  | 'LimitRecovered'
  | 'RateLimitReached'
  | 'RateLimitRecovered'
  | 'ThrottleStarted'
  | 'ThrottleEnded'
  | 'EndpointEjected'
  | 'EndpointRestored'
  | 'FailoverStarted'
  | 'FailoverEnded'
  | 'PanicStarted'
  | 'PanicEnded'
  | 'DiscoveryFailed'
  | 'ChaosStarted'
  | 'ChaosEnded'
  | 'OptionsIgnored'
  | 'FactsDropped'

/** An immutable fact, past tense. */
export interface EventFacts {
  readonly type: EventType
  /** Epoch milliseconds. */
  readonly at: number
  /** One sentence for a person. */
  readonly message: string
  readonly policy?: string
  readonly operation?: string
  readonly details?: Readonly<Record<string, string | number | boolean | null>>
}
