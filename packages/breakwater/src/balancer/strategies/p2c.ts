import type { Random } from '../../random/random.ts'
import type { EndpointState } from '../endpoint-state.ts'
import { at, type Choice } from './strategy.ts'

/**
 * The power of two choices: of two endpoints drawn by weight, the one with the lower load per weight. Nearly as even as
 * looking at all, without all callers running to the same one.
 *
 * @see Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001
 */
export function p2c<State extends EndpointState>({ pool, now, random, load }: Choice<State>): State {
  const first = draw(pool, undefined, random)
  if (pool.length === 1) return first
  const second = draw(pool, first, random)
  return load(second, now) / second.weight < load(first, now) / first.weight ? second : first
}

/** One of the pool but `except`, by weight. */
function draw<State extends EndpointState>(
  pool: readonly State[],
  except: State | undefined,
  random: Random,
): State {
  let total = 0
  for (const state of pool) if (state !== except) total += state.weight
  let left = random.next() * total
  let last = except
  for (const state of pool) {
    if (state === except) continue
    last = state
    left -= state.weight
    if (left < 0) return state
  }
  return last ?? at(pool, 0)
}
