import type { ProxyFaultType } from './faults/fault-settings.ts'

/** A client connected. */
export interface ConnectionOpened {
  readonly type: 'ConnectionOpened'
  /** Counts the connections of a proxy, from 1. */
  readonly connection: number
}

/** Both sides of a connection are closed. */
export interface ConnectionClosed {
  readonly type: 'ConnectionClosed'
  readonly connection: number
  readonly bytesToTarget: number
  readonly bytesToClient: number
}

/** The target could not be reached; the client's connection is reset. */
export interface DialFailed {
  readonly type: 'DialFailed'
  readonly connection: number
  readonly error: Error
}

/** A fault hits a connection from now on. */
export interface ProxyFaultInjected {
  readonly type: 'ProxyFaultInjected'
  readonly connection: number
  /** The fault's name. */
  readonly fault: string
  readonly kind: ProxyFaultType
}

/** What a fault proxy tells. */
export type FaultProxyEvent = ConnectionOpened | ConnectionClosed | DialFailed | ProxyFaultInjected
