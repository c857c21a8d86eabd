import { checkEndpoint } from './check-endpoint.ts'
import { type Endpoint, idOf } from './endpoint.ts'
import type { EndpointSet } from './endpoint-set.ts'
import { EndpointState } from './endpoint-state.ts'

/** Told of what changed, after it did. */
export interface MembershipListener {
  added(id: string): void
  removed(id: string, wasDrained: boolean): void
}

/** Who belongs to a balancer: endpoints come, go at once, or drain. */
export class Membership<E extends Endpoint> {
  readonly #set: EndpointSet<E>
  readonly #limits: { readonly maxEndpoints: number; readonly decayMs: number }
  readonly #listener: MembershipListener

  constructor(
    set: EndpointSet<E>,
    limits: { readonly maxEndpoints: number; readonly decayMs: number },
    listener: MembershipListener,
  ) {
    this.#set = set
    this.#limits = limits
    this.#listener = listener
  }

  /** Adds or updates one; `rampSince` is when the slow start of a new one begins, if it has one. */
  add(endpoint: E, rampSince: number | undefined): void {
    checkEndpoint(endpoint)
    const known = this.#set.get(idOf(endpoint))
    if (known !== undefined) return this.#update(known, endpoint)
    const { maxEndpoints, decayMs } = this.#limits
    if (this.#set.size >= maxEndpoints) {
      throw new RangeError(
        `Cannot add endpoint '${idOf(endpoint)}' as there are ${maxEndpoints} already: 'maxEndpoints'`,
      )
    }
    const state = new EndpointState(endpoint, decayMs)
    state.rampSince = rampSince
    this.#set.add(state)
    this.#listener.added(state.id)
  }

  /** Makes these the members: others drain. The result is how many were left out. */
  replace(endpoints: readonly E[], rampSince: number | undefined): number {
    let dropped = 0
    const ids = new Set<string>()
    for (const endpoint of endpoints) {
      try {
        this.add(endpoint, rampSince)
        ids.add(idOf(endpoint))
      } catch {
        dropped++
      }
    }
    for (const state of [...this.#set.all()]) {
      if (!ids.has(state.id)) void this.drain(state)
    }
    return dropped
  }

  /** Takes it out, whatever runs on it. */
  remove(state: EndpointState<E>): boolean {
    return this.#delete(state, false)
  }

  /** Lets what runs on it end, then takes it out. */
  drain(state: EndpointState<E>): Promise<void> {
    state.isDraining = true
    this.#set.version++
    return new Promise((resolve) => {
      state.drained.push(resolve)
      this.callEnded(state)
    })
  }

  /** A call on it has ended. */
  callEnded(state: EndpointState<E>): void {
    if (state.isDraining && state.inFlight === 0) this.#delete(state, true)
  }

  #update(state: EndpointState<E>, endpoint: E): void {
    state.update(endpoint)
    state.isDraining = false
    this.#set.version++
    resolveAll(state)
  }

  #delete(state: EndpointState<E>, wasDrained: boolean): boolean {
    const isGone = this.#set.delete(state)
    resolveAll(state)
    if (isGone) this.#listener.removed(state.id, wasDrained)
    return isGone
  }
}

function resolveAll(state: EndpointState): void {
  for (const resolve of state.drained.splice(0)) resolve()
}
