import type { FaultProxyEvent } from './fault-proxy-events.ts'
import type { ProxyFaultType } from './faults/fault-settings.ts'
import type { ProxyFault } from './faults/proxy-faults.ts'

/** A fault that is on, as {@link FaultProxy.inject} gives it. */
export interface InjectedFault {
  readonly type: ProxyFaultType
  readonly name: string
  /** How many connections it has hit. */
  readonly injections: number
  /** Takes it away, also from connections that are open; does nothing when it is gone. Rejects when the port cannot be listened on again. */
  remove(): Promise<void>
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}

/** What a proxy counted since it was made, and how it stands. */
export interface FaultProxyStats {
  /** Whole numbers that only rise. */
  readonly counters: {
    readonly accepted: number
    /** Connections whose both sides are closed. */
    readonly closed: number
    /** Connections reset at once, as there were `maxConnections`. */
    readonly overLimit: number
    /** Connections that the system could not hand over. */
    readonly failedAccepts: number
    readonly failedDials: number
    /** Faults times the connections that they hit. */
    readonly injected: number
    /** Connections that a fault reset. */
    readonly resets: number
    /** Connections that a fault cut off. */
    readonly cutOffs: number
    /** Connections that client or target reset, or whose target could not be reached: passed on as a reset. */
    readonly peerResets: number
    readonly bytesToTarget: number
    readonly bytesToClient: number
    /** Bytes that arrived and were not passed on, as their connection had ended. */
    readonly droppedBytes: number
    /** How many times a listener of its events has thrown. */
    readonly listenerErrors: number
  }
  /** As of now. */
  readonly gauges: {
    readonly open: number
    /** Bytes that arrived and wait to pass. */
    readonly heldBytes: number
    readonly faults: number
    readonly isListening: 0 | 1
  }
}

/** A proxy between a client and its target, as `faultProxy` makes it. */
export interface FaultProxy extends AsyncDisposable {
  /** Where clients connect. */
  readonly host: string
  /** Where clients connect; stays the same while a fault refuses connections. */
  readonly port: number
  /** The faults that are on, in the order in which they were injected. */
  readonly faults: readonly InjectedFault[]
  /**
   * Puts a fault between client and target; resolves when it is in force. Several at once add up: times are added, of limits
   * the strictest holds.
   *
   * @throws {RangeError | TypeError} when a field is out of range
   * @throws {ResilienceError} `FAULT_PROXY_CLOSED`
   */
  inject(fault: ProxyFault): Promise<InjectedFault>
  /** Takes all faults away, also from connections that are open. Rejects when the port cannot be listened on again. */
  heal(): Promise<void>
  stats(): FaultProxyStats
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: FaultProxyEvent) => void): () => void
  /** Ends all connections and listens no more; resolves when no socket and no timer is left. Again: the same promise. */
  close(): Promise<void>
}
