import type { FaultKind } from './injector.ts'

/** Cuts the connection with a TCP RST, as a crashed peer or a full firewall table does. */
export const reset: FaultKind = {
  kind: 'reset',
  at: 'request',
  strike: async ({ exchange }) => {
    exchange.request.socket.resetAndDestroy()
  },
}
