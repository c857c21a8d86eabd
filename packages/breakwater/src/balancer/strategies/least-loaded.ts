import type { EndpointState } from '../endpoint-state.ts'
import { at, type Choice } from './strategy.ts'

/** Of all, the one with the lowest load per weight; those that are equal get the same share by chance. */
export function leastLoaded<State extends EndpointState>({ pool, now, random, load }: Choice<State>): State {
  let best = at(pool, 0)
  let bestLoad = Infinity
  let equals = 0
  for (const state of pool) {
    const own = load(state, now) / state.weight
    if (own > bestLoad) continue
    equals = own < bestLoad ? 1 : equals + 1
    if (equals > 1 && random.next() * equals >= 1) continue
    best = state
    bestLoad = own
  }
  return best
}
