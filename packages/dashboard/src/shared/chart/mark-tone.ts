import type { HealthState } from 'breakwater/protocol'

const tones: Readonly<Record<string, HealthState>> = {
  CircuitOpened: 'failing',
  CircuitHalfOpened: 'degraded',
  CircuitClosed: 'ok',
  ServiceCrashed: 'failing',
  BulkheadSaturated: 'degraded',
  RetryBudgetExhausted: 'degraded',
}

/** The tone in which an event is marked on a time axis; events that are no change of health are grey. */
export function markTone(type: string): HealthState {
  return tones[type] ?? 'unknown'
}
