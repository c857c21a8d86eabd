import type { Random } from '../../random/random.ts'
import type { EndpointState } from '../endpoint-state.ts'

/** What a strategy chooses by. */
export interface Choice<State extends EndpointState> {
  /** Never empty. */
  readonly pool: readonly State[]
  /** Monotonic milliseconds. */
  readonly now: number
  /** The number of this pick; rises. */
  readonly pick: number
  readonly random: Random
  /** What the next call to an endpoint would cost, before its weight: lower is better. */
  readonly load: (state: EndpointState, now: number) => number
}

/** A way to choose one endpoint of a pool. */
export type Strategy = <State extends EndpointState>(choice: Choice<State>) => State

/** An element of a pool that is known not to be empty. */
export function at<State extends EndpointState>(pool: readonly State[], index: number): State {
  const state = pool[index]
  if (state === undefined) throw new RangeError(`Cannot choose endpoint ${index} of ${pool.length}`)
  return state
}
