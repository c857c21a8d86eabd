import type { ServerResponse } from 'node:http'
import type { Exchange, Gate } from '../http/exchange.ts'
import { HttpStatusError } from '../http/http-status-error.ts'
import type { Route } from '../http/route.ts'
import type { Instruments } from './instruments.ts'

/**
 * Counts every request as a call of an operation named like its route, from its arrival to its last byte: what an
 * injected fault does to it is seen as the service's own trouble. A caller who hangs up has cancelled the call.
 */
export function observeRequests(routes: readonly Route[], pass: Gate, instruments: Instruments): Gate {
  const { counts, inRequest, makePipeline } = instruments
  const pipelines = new Map(
    routes.map((route) => [
      route,
      makePipeline({ operation: `${route.method} ${route.path}`, policies: [] }),
    ]),
  )
  return async (exchange) => {
    const through = exchange.route && pipelines.get(exchange.route)
    if (through === undefined) return pass(exchange)
    const signal = hangUpSignal(exchange.response)
    await inRequest(exchange.request.headers, () =>
      counts.tryRun(through, () => serve(exchange, pass), { signal }),
    )
  }
}

async function serve(exchange: Exchange, pass: Gate): Promise<void> {
  const { response, route } = exchange
  const closed = new Promise<void>((resolve) => response.once('close', resolve))
  await pass(exchange)
  await closed
  const { statusCode } = response
  if (statusCode < 500) return
  throw exchange.failure() ?? new HttpStatusError(`${route?.method} ${route?.path}`, statusCode)
}

function hangUpSignal(response: ServerResponse): AbortSignal {
  const caller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) caller.abort(new Error('The caller hung up'))
  })
  return caller.signal
}
