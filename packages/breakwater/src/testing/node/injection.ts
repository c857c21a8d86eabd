import type { Random } from '../../random/random.ts'
import type { InjectedFault } from './fault-proxy-api.ts'
import type { ProxyFaultSettings, ProxyFaultType } from './faults/fault-settings.ts'
import type { ProxiedConnection } from './proxied-connection.ts'

/** What an injection asks of its proxy. */
export interface InjectionHost {
  readonly random: Random
  hit(connection: ProxiedConnection): void
  remove(injection: Injection): Promise<void>
}

/** A fault that is on. */
export class Injection implements InjectedFault {
  readonly settings: ProxyFaultSettings
  readonly #host: InjectionHost
  #injections = 0

  constructor(settings: ProxyFaultSettings, host: InjectionHost) {
    this.settings = settings
    this.#host = host
  }

  get type(): ProxyFaultType {
    return this.settings.type
  }

  get name(): string {
    return this.settings.name
  }

  get injections(): number {
    return this.#injections
  }

  /** Hits a connection, if chance and limit will have it. */
  aimAt(connection: ProxiedConnection): void {
    const { rate, maxInjections } = this.settings
    if (this.#injections >= maxInjections || rate === 0) return
    if (rate < 1 && this.#host.random.next() >= rate) return
    this.#injections++
    connection.apply(this, this.settings)
    this.#host.hit(connection)
  }

  remove(): Promise<void> {
    return this.#host.remove(this)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.remove()
  }
}
