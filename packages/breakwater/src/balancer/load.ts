import type { EndpointState } from './endpoint-state.ts'

/** What the first call to an endpoint of unknown latency is taken to last until it has succeeded. */
const unknownLatencyMs = 60_000

/** Calls under way, with the one that would come. */
export function inFlightLoad(state: EndpointState): number {
  return state.inFlight + 1
}

/** An endpoint that fails again and again is taken to be so many times slower, at most. */
const maxFailurePenalty = 1_024

/**
 * The latency times the calls under way, with the one that would come; doubled for each failure in a row, so that failing fast
 * does not look like being fast. An endpoint of which nothing is known is tried at once, by one call: until that has
 * succeeded it looks slow. All of this fades, so that no endpoint is given up for ever.
 */
export function latencyLoad(state: EndpointState, now: number): number {
  const { inFlight, failuresInARow } = state
  const latencyMs = state.latency.valueAt(now)
  if (failuresInARow > 0) return latencyOfFailing(state, latencyMs, now) * (inFlight + 1)
  if (latencyMs > 0) return latencyMs * (inFlight + 1)
  return inFlight === 0 ? 0 : unknownLatencyMs * (inFlight + 1)
}

function latencyOfFailing(state: EndpointState, latencyMs: number, now: number): number {
  const kept = Math.exp(Math.min(0, state.failedAt - now) / state.decayMs)
  const penalty = 1 + kept * (Math.min(maxFailurePenalty, 2 ** state.failuresInARow) - 1)
  return penalty * (latencyMs > 0 ? latencyMs : unknownLatencyMs * kept)
}
