import type { ControlState, Override } from 'breakwater/protocol'
import type { Store } from '../store/store.ts'

/** Gets a service's state each time it changes. */
export type ControlListener = (state: ControlState) => void

/** A breaker that no instance of the service ever reported. */
export class UnknownBreakerError extends Error {
  constructor(service: string, policy: string) {
    super(`No instance of "${service}" ever reported a circuit breaker "${policy}"`)
  }

  override get name(): string {
    return 'UnknownBreakerError'
  }
}

/** Takes people's orders, keeps them and tells the services. */
export class ControlDesk {
  readonly #store: Store
  readonly #listeners = new Map<string, Set<ControlListener>>()
  readonly #changed: (override: Override) => void

  constructor(parts: { store: Store; changed: (override: Override) => void }) {
    this.#store = parts.store
    this.#changed = parts.changed
  }

  /**
   * Puts an order in force and sends it to the service's instances.
   *
   * @throws {UnknownBreakerError}
   */
  async order(override: Override): Promise<void> {
    const { service, policy } = override
    if (!(await this.#store.policies.hasBreaker(service, policy)))
      throw new UnknownBreakerError(service, policy)
    const state = await this.#store.overrides.put(override)
    this.#changed(override)
    for (const listener of this.#listeners.get(service) ?? []) listener(state)
  }

  /** What is in force in a service. */
  async stateOf(service: string): Promise<ControlState> {
    return await this.#store.overrides.ofService(service)
  }

  /** Calls `listener` with each new state of the service until the returned function is called. */
  subscribe(service: string, listener: ControlListener): () => void {
    const listeners = this.#listeners.get(service) ?? new Set()
    listeners.add(listener)
    this.#listeners.set(service, listeners)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(service)
    }
  }
}
