import type { Socket } from 'node:net'
import type { FaultProxyStats } from './fault-proxy-api.ts'
import type { ProxyFaultSettings } from './faults/fault-settings.ts'
import type { CutKind, FlowDirection } from './faults/flow-effect.ts'
import { Flow, type FlowHost, type FlowSettings } from './flow.ts'

/** What a proxy and its connections count. */
export type ProxyCounters = {
  -readonly [Name in Exclude<keyof FaultProxyStats['counters'], 'listenerErrors'> | 'heldBytes']: number
}

/** What a connection needs of its proxy. */
export interface ConnectionHost {
  readonly settings: FlowSettings
  readonly counters: ProxyCounters
  /** Begins to connect to the target. */
  dial(): Socket
  dialFailed(connection: ProxiedConnection, error: Error): void
  closed(connection: ProxiedConnection): void
}

/** A client, the target, and a flow in each direction between them. */
export class ProxiedConnection {
  readonly id: number
  readonly bytes: Record<FlowDirection, number> = { 'to-target': 0, 'to-client': 0 }
  readonly #host: ConnectionHost
  readonly #client: Socket
  readonly #flows: Readonly<Record<FlowDirection, Flow>>
  /** Those that are not closed. */
  readonly #sockets = new Set<Socket>()
  #target: Socket | undefined = undefined
  /** No target is dialled any more. */
  #isEnding = false

  constructor(id: number, client: Socket, host: ConnectionHost) {
    this.id = id
    this.#client = client
    this.#host = host
    this.#flows = {
      'to-target': new Flow(host.settings, this.#flowHost('to-target')),
      'to-client': new Flow(host.settings, this.#flowHost('to-client')),
    }
    this.#keep(client)
    client.once('error', () => {
      if (this.#target === undefined) this.#passReset()
    })
    this.#flows['to-target'].readFrom(client)
    this.#flows['to-client'].writeTo(client)
  }

  /** Connects to the target, unless a fault keeps everything from it: then as soon as that is over. */
  start(): void {
    if (this.#target !== undefined || this.#isEnding || this.#flows['to-target'].isHeld) return
    const target = this.#host.dial()
    this.#target = target
    this.#keep(target)
    const fail = (error: Error): void => this.#host.dialFailed(this, error)
    target.once('error', fail)
    target.once('connect', () => {
      target.off('error', fail)
      this.#flows['to-target'].writeTo(target)
    })
    this.#flows['to-client'].readFrom(target)
  }

  /** `owner` is what takes it away again. */
  apply(owner: object, { effects }: ProxyFaultSettings): void {
    for (const [direction, effect] of Object.entries(effects))
      this.#flows[direction as FlowDirection].apply(owner, effect)
  }

  lift(owner: object): void {
    for (const flow of Object.values(this.#flows)) flow.lift(owner)
    this.start()
  }

  /** Ends it without a fault. */
  destroy(): void {
    this.#stop()
    for (const socket of this.#sockets) socket.destroy()
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.once('close', () => {
      this.#sockets.delete(socket)
      if (this.#sockets.size === 0) this.#host.closed(this)
    })
  }

  #flowHost(direction: FlowDirection): FlowHost {
    const { counters } = this.#host
    const total = direction === 'to-target' ? 'bytesToTarget' : 'bytesToClient'
    return {
      passed: (bytes) => {
        this.bytes[direction] += bytes
        counters[total] += bytes
      },
      held: (bytes) => void (counters.heldBytes += bytes),
      dropped: (bytes) => void (counters.droppedBytes += bytes),
      resetPassed: () => this.#passReset(),
      cut: (kind) => this.#cut(kind, direction),
    }
  }

  #cut(kind: CutKind, direction: FlowDirection): void {
    if (kind === 'reset') {
      this.#host.counters.resets++
      return this.#reset()
    }
    this.#host.counters.cutOffs++
    const [source, sink, back]: [Socket | undefined, Socket | undefined, FlowDirection] =
      direction === 'to-target'
        ? [this.#client, this.#target, 'to-client']
        : [this.#target, this.#client, 'to-target']
    this.#isEnding = true
    this.#flows[direction].stop()
    this.#flows[back].discard()
    source?.destroy()
    sink?.end()
  }

  #passReset(): void {
    if (!this.#isEnding) this.#host.counters.peerResets++
    this.#reset()
  }

  #reset(): void {
    this.#stop()
    for (const socket of this.#sockets) resetSocket(socket)
  }

  #stop(): void {
    this.#isEnding = true
    for (const flow of Object.values(this.#flows)) flow.stop()
  }
}

/** One that has no connection yet, or is no TCP, cannot be reset. */
function resetSocket(socket: Socket): void {
  if (socket.destroyed) return
  if (socket.connecting || socket.remoteFamily === undefined) socket.destroy()
  else socket.resetAndDestroy()
}
