import { replyBytes, sendHead } from '../http/exchange.ts'
import { InjectedFaultError } from './injected-fault-error.ts'
import type { FaultKind } from './injector.ts'

/** Answers at once, with an HTTP status that says that it failed. */
export const errors: FaultKind = {
  kind: 'errors',
  at: 'request',
  strike: async ({ exchange, fault }) => {
    const reply = { status: fault.status, body: { title: `Injected: status ${fault.status}` } }
    const bytes = replyBytes(reply)
    exchange.fail(new InjectedFaultError(fault.status))
    exchange.request.resume()
    sendHead(exchange.response, reply, bytes)
    exchange.response.end(bytes)
  },
}
