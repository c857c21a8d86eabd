import type { Endpoint } from './endpoint.ts'
import type { EndpointState } from './endpoint-state.ts'

/** The endpoints of a balancer, in the order they were added. `version` rises whenever the choice may have changed. */
export class EndpointSet<E extends Endpoint> {
  readonly #byId = new Map<string, EndpointState<E>>()
  #ejected = 0
  /** Rises with each change of membership or health. */
  version = 0

  get size(): number {
    return this.#byId.size
  }

  /** How many are ejected now. */
  get ejected(): number {
    return this.#ejected
  }

  get(id: string): EndpointState<E> | undefined {
    return this.#byId.get(id)
  }

  all(): IterableIterator<EndpointState<E>> {
    return this.#byId.values()
  }

  /** Adds one whose id is new. */
  add(state: EndpointState<E>): void {
    this.#byId.set(state.id, state)
    this.version++
  }

  /** Takes it out, if it is in. */
  delete(state: EndpointState<E>): boolean {
    if (this.#byId.get(state.id) !== state) return false
    this.#byId.delete(state.id)
    if (state.ejection !== undefined) this.#ejected--
    this.version++
    return true
  }

  /** Sets or ends an ejection of one that is in; outcomes of calls from before do not count any more. */
  setEjection(state: EndpointState<E>, ejection: EndpointState['ejection']): void {
    const before = state.ejection === undefined ? 0 : 1
    state.ejection = ejection
    state.generation++
    state.failuresInARow = 0
    this.#ejected += (ejection === undefined ? 0 : 1) - before
    this.version++
  }
}
