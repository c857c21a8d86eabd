import type { LabFault, LabFaultKind } from 'breakwater/protocol'
import type { Clock } from '../clock/clock.ts'
import type { Exchange } from '../http/exchange.ts'

/** A request that a fault hits. */
export interface Hit {
  readonly exchange: Exchange
  readonly fault: LabFault
  readonly clock: Clock
  /** Lets the request go on, to the next fault or to its answer. */
  readonly next: () => Promise<void>
}

/**
 * A kind of fault. Most strike inside the service's own server, request by request; one strikes the process.
 *
 * ```
 *  request ──▶ fault ──▶ fault ──▶ route ──▶ answer
 *                │ next    └ may end the request here: answer falsely, cut it off, keep silent
 * ```
 */
export type FaultKind =
  | { readonly kind: LabFaultKind; readonly at: 'request'; readonly strike: (hit: Hit) => Promise<void> }
  | { readonly kind: LabFaultKind; readonly at: 'process' }
