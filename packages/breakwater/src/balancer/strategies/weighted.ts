import type { EndpointState } from '../endpoint-state.ts'
import { at, type Choice } from './strategy.ts'

/**
 * Smooth weighted round robin: exact shares by weight, and never a run of one endpoint that could be avoided: weights
 * 5, 1, 1 give `a a b a c a a`.
 *
 * @see https://github.com/nginx/nginx/commit/52327e0627f49dbda1e8db695e63a4b0af4448b1
 */
export function weighted<State extends EndpointState>({ pool }: Choice<State>): State {
  let best = at(pool, 0)
  let total = 0
  for (const state of pool) {
    total += state.weight
    state.currentWeight += state.weight
    if (state.currentWeight > best.currentWeight) best = state
  }
  best.currentWeight -= total
  return best
}
