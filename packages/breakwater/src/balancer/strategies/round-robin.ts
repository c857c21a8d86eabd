import type { EndpointState } from '../endpoint-state.ts'
import { at, type Choice } from './strategy.ts'

/** The one that was not chosen for longest: stays exact when endpoints come, go and are skipped. Weights do not count. */
export function roundRobin<State extends EndpointState>({ pool }: Choice<State>): State {
  let best = at(pool, 0)
  for (const state of pool) {
    if (state.lastPick < best.lastPick) best = state
  }
  return best
}
