import type { EventType, HealthState } from 'breakwater/protocol'

const tones: Readonly<Partial<Record<EventType, HealthState>>> = {
  CircuitOpened: 'failing',
  CircuitHalfOpened: 'degraded',
  CircuitClosed: 'ok',
  CircuitKeysExhausted: 'failing',
  ServiceCrashed: 'failing',
  RetryBudgetExhausted: 'degraded',
  BudgetExhausted: 'degraded',
  BudgetRecovered: 'ok',
  BulkheadSaturated: 'degraded',
  BulkheadBreached: 'failing',
  BulkheadBreachEnded: 'ok',
  LimitChanged: 'degraded',
  LimitExceeded: 'degraded',
  LimitRecovered: 'ok',
  RateLimitReached: 'degraded',
  RateLimitRecovered: 'ok',
  ThrottleStarted: 'degraded',
  ThrottleEnded: 'ok',
  EndpointEjected: 'degraded',
  EndpointRestored: 'ok',
  FailoverStarted: 'degraded',
  FailoverEnded: 'ok',
  PanicStarted: 'failing',
  PanicEnded: 'ok',
  DiscoveryFailed: 'degraded',
  ChaosStarted: 'degraded',
  ChaosEnded: 'ok',
}

/** The tone in which an event is marked on a time axis; events that are no change of health are grey. */
export function markTone(type: string): HealthState {
  return Object.hasOwn(tones, type) ? (tones[type as EventType] ?? 'unknown') : 'unknown'
}
