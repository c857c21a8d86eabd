import type { ThrottleEnded, ThrottleStarted } from '../adaptive-throttle/adaptive-throttle-events.ts'
import type {
  DiscoveryFailed,
  EndpointEjected,
  EndpointRestored,
  FailoverEnded,
  FailoverStarted,
  PanicEnded,
  PanicStarted,
} from '../balancer/balancer-events.ts'
import type { BulkheadBreached, BulkheadBreachEnded, BulkheadSaturated } from '../bulkhead/bulkhead-events.ts'
import type {
  CircuitClosed,
  CircuitHalfOpened,
  CircuitOpened,
  CircuitOverridden,
} from '../circuit-breaker/circuit-breaker-events.ts'
import type { CircuitKeysExhausted } from '../registry/keyed-breaker-events.ts'

/** The events of policies that travel one by one, by their type. What comes by the thousand is told by interval. */
export interface PolicyEvents {
  readonly CircuitOpened: CircuitOpened
  readonly CircuitHalfOpened: CircuitHalfOpened
  readonly CircuitClosed: CircuitClosed
  readonly CircuitOverridden: CircuitOverridden
  readonly CircuitKeysExhausted: CircuitKeysExhausted
  readonly BulkheadSaturated: BulkheadSaturated
  readonly BulkheadBreached: BulkheadBreached
  readonly BulkheadBreachEnded: BulkheadBreachEnded
  readonly ThrottleStarted: ThrottleStarted
  readonly ThrottleEnded: ThrottleEnded
  readonly EndpointEjected: EndpointEjected
  readonly EndpointRestored: EndpointRestored
  readonly FailoverStarted: FailoverStarted
  readonly FailoverEnded: FailoverEnded
  readonly PanicStarted: PanicStarted
  readonly PanicEnded: PanicEnded
  readonly DiscoveryFailed: DiscoveryFailed
}

/** One of the types of {@link PolicyEvents}. */
export type PolicyEventType = keyof PolicyEvents

/** One of {@link PolicyEvents}. */
export type PolicyEvent = PolicyEvents[PolicyEventType]
