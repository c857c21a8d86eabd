import type { FaultKind } from './injector.ts'

/** Accepts the request and never answers; the connection ends when the caller gives up. */
export const hang: FaultKind = {
  kind: 'hang',
  at: 'request',
  strike: async ({ exchange }) => {
    exchange.request.resume()
  },
}
