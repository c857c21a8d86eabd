import type { EndpointState } from './endpoint-state.ts'

/** What the first call to an endpoint of unknown latency is taken to last while it has not ended. */
const unknownLatencyMs = 60_000

/** Calls under way, with the one that would come. */
export function inFlightLoad(state: EndpointState): number {
  return state.inFlight + 1
}

/**
 * The latency times the calls under way, with the one that would come. An endpoint of which nothing is known is tried at
 * once, by one call: until that has ended it looks slow.
 */
export function latencyLoad(state: EndpointState, now: number): number {
  const latencyMs = state.latency.valueAt(now)
  if (latencyMs > 0) return latencyMs * (state.inFlight + 1)
  return state.inFlight === 0 ? 0 : unknownLatencyMs * (state.inFlight + 1)
}
