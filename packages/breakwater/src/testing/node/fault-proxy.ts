import { connect, type Socket } from 'node:net'
import { ResilienceError } from '../../faults/resilience-error.ts'
import { Emitter } from '../../pipeline/emitter.ts'
import type { FaultProxy, FaultProxyStats, InjectedFault } from './fault-proxy-api.ts'
import type { FaultProxyEvent } from './fault-proxy-events.ts'
import {
  type FaultProxyOptions,
  type ResolvedFaultProxyOptions,
  resolveFaultProxyOptions,
} from './fault-proxy-options.ts'
import { type ProxyFault, settingsOf } from './faults/proxy-faults.ts'
import { Injection } from './injection.ts'
import { Listener } from './listener.ts'
import { ProxiedConnection, type ProxyCounters } from './proxied-connection.ts'

/**
 * Starts a TCP proxy in front of something that a service depends on, to see what the service does when the network or the
 * other side fails: the client's own sockets, pool and driver meet the fault, not a stand-in. Faults are put in and taken
 * away while connections are open; without any, bytes pass unchanged, ends and resets too.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @throws {Error} of the system (`EADDRINUSE`) when it cannot listen
 * @see Shopify's Toxiproxy, https://github.com/Shopify/toxiproxy, for the idea; tc-netem(8) for what networks do
 * @example
 * await using proxy = await faultProxy({ target: { port: 5432 } })
 * const pool = new Pool({ host: proxy.host, port: proxy.port })
 * await proxy.inject({ type: 'black-hole' })
 * // … what does the service answer?
 * await proxy.heal()
 */
export async function faultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const proxy = new TcpFaultProxy(resolveFaultProxyOptions(options))
  if (options.onEvent !== undefined) proxy.on(options.onEvent)
  await proxy.start()
  return proxy
}

class TcpFaultProxy implements FaultProxy {
  readonly #options: ResolvedFaultProxyOptions
  readonly #listener: Listener
  readonly #connections = new Set<ProxiedConnection>()
  readonly #faults = new Set<Injection>()
  readonly #events = new Emitter<FaultProxyEvent>()
  readonly #counters: ProxyCounters = {
    ...{ accepted: 0, closed: 0, overLimit: 0, failedAccepts: 0, failedDials: 0 },
    ...{ injected: 0, resets: 0, cutOffs: 0, peerResets: 0 },
    ...{ bytesToTarget: 0, bytesToClient: 0, droppedBytes: 0, heldBytes: 0 },
  }
  /** Listening and not are done one after the other. */
  #turn: Promise<void> = Promise.resolve()
  #closing: Promise<void> | undefined = undefined
  readonly #emptied = Promise.withResolvers<void>()

  constructor(options: ResolvedFaultProxyOptions) {
    this.#options = options
    this.#listener = new Listener(options.host, options.port, {
      accept: (client) => this.#accept(client),
      fail: () => void this.#counters.failedAccepts++,
    })
  }

  get host(): string {
    return this.#options.host
  }

  get port(): number {
    return this.#listener.port
  }

  get faults(): readonly InjectedFault[] {
    return [...this.#faults]
  }

  start(): Promise<void> {
    return this.#listenIfAllowed()
  }

  on(listener: (event: FaultProxyEvent) => void): () => void {
    return this.#events.on(listener)
  }

  async inject(fault: ProxyFault): Promise<InjectedFault> {
    const settings = settingsOf(fault)
    if (this.#closing !== undefined) {
      throw new ResilienceError('Fault proxy is closed', { code: 'FAULT_PROXY_CLOSED' })
    }
    const injection = new Injection(settings, {
      random: this.#options.random,
      hit: (connection) => this.#noteHit(settings, connection),
      remove: (removed) => this.#remove([removed]),
    })
    this.#faults.add(injection)
    if (settings.connections !== 'new')
      for (const connection of this.#connections) injection.aimAt(connection)
    await this.#listenIfAllowed()
    return injection
  }

  heal(): Promise<void> {
    return this.#remove([...this.#faults])
  }

  stats(): FaultProxyStats {
    const { heldBytes, ...counters } = this.#counters
    return {
      counters: { ...counters, listenerErrors: this.#events.listenerErrors },
      gauges: {
        open: this.#connections.size,
        heldBytes,
        faults: this.#faults.size,
        isListening: this.#listener.isListening ? 1 : 0,
      },
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    this.#faults.clear()
    await this.#listenIfAllowed()
    for (const connection of this.#connections) connection.destroy()
    if (this.#connections.size > 0) await this.#emptied.promise
  }

  #remove(removed: readonly Injection[]): Promise<void> {
    for (const injection of removed) {
      this.#faults.delete(injection)
      for (const connection of this.#connections) connection.lift(injection)
    }
    return this.#listenIfAllowed()
  }

  #listenIfAllowed(): Promise<void> {
    const settle = async (): Promise<void> => {
      const isRefusing = [...this.#faults].some(({ type }) => type === 'refuse')
      if (isRefusing || this.#closing !== undefined) this.#listener.shut()
      else await this.#listener.open()
    }
    this.#turn = this.#turn.then(settle, settle)
    return this.#turn
  }

  #accept(client: Socket): void {
    if (this.#connections.size >= this.#options.maxConnections) {
      this.#counters.overLimit++
      client.on('error', () => undefined)
      client.resetAndDestroy()
      return
    }
    const { bufferBytes, clock, random, target } = this.#options
    const connection = new ProxiedConnection(++this.#counters.accepted, client, {
      settings: { bufferBytes, clock, random },
      counters: this.#counters,
      dial: () => connect({ ...target, allowHalfOpen: true, noDelay: true }),
      dialFailed: ({ id }, error) => {
        this.#counters.failedDials++
        this.#events.emit({ type: 'DialFailed', connection: id, error })
      },
      closed: (closed) => this.#noteClosed(closed),
    })
    const faults = [...this.#faults].filter(({ settings }) => settings.connections !== 'open')
    this.#connections.add(connection)
    this.#events.emit({ type: 'ConnectionOpened', connection: connection.id })
    for (const injection of faults) if (this.#faults.has(injection)) injection.aimAt(connection)
    connection.start()
  }

  #noteHit({ name, type }: Injection['settings'], { id }: ProxiedConnection): void {
    this.#counters.injected++
    this.#events.emit({ type: 'ProxyFaultInjected', connection: id, fault: name, kind: type })
  }

  #noteClosed(connection: ProxiedConnection): void {
    this.#connections.delete(connection)
    this.#counters.closed++
    const { id, bytes } = connection
    const passed = { bytesToTarget: bytes['to-target'], bytesToClient: bytes['to-client'] }
    this.#events.emit({ type: 'ConnectionClosed', connection: id, ...passed })
    if (this.#connections.size === 0 && this.#closing !== undefined) this.#emptied.resolve()
  }
}
