import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerPlainly, type Exchange, type Gate } from './exchange.ts'
import { HttpProblem, problemBody } from './http-problem.ts'
import { readBody } from './read-body.ts'
import { findRoute, type Reply, type Route } from './route.ts'

/** A server that listens on loopback. */
export interface JsonServer {
  readonly port: number
  readonly url: string
  /** Stops listening and cuts the connections that are left. */
  close(): Promise<void>
}

/** How a server is made. */
export interface JsonServerOptions {
  readonly routes: readonly Route[]
  /** 0 takes a free one. @default 0 */
  readonly port?: number
  /** What stands in front of the routes. @default a gate that answers */
  readonly gate?: Gate
}

/** Starts a JSON server on 127.0.0.1. */
export async function startJsonServer(options: JsonServerOptions): Promise<JsonServer> {
  const gate = options.gate ?? answerPlainly
  const server = createServer((request, response) => {
    void gate(openExchange(request, response, options.routes))
  })
  // Longer than any pause in the load: a connection that closes while a request is on its way is no fault of ours.
  server.keepAliveTimeout = 120_000
  await listen(server, options.port ?? 0)
  const { port } = server.address() as AddressInfo
  return { port, url: `http://127.0.0.1:${port}`, close: () => close(server) }
}

function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  routes: readonly Route[],
): Exchange {
  const url = new URL(request.url ?? '/', 'http://fleet')
  const found = findRoute(routes, request.method ?? '', url.pathname)
  let failure: Error | undefined
  const fail = (error: Error): void => {
    failure = error
  }
  const answer = async (): Promise<Reply> => {
    try {
      if (found === undefined) throw new HttpProblem(404, `There is no ${request.method} ${url.pathname}`)
      return await runRoute(found, { request, response, url })
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
      return problemReply(error)
    }
  }
  return { request, response, route: found?.route, answer, fail, failure: () => failure }
}

function problemReply(error: unknown): Reply {
  if (error instanceof HttpProblem) {
    return { status: error.status, body: problemBody(error.status, error.message, error.field) }
  }
  return { status: 500, body: problemBody(500, error instanceof Error ? error.message : 'Unknown error') }
}

interface Incoming {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
}

async function runRoute(
  { route, params }: NonNullable<ReturnType<typeof findRoute>>,
  { request, response, url }: Incoming,
): Promise<Reply> {
  const body = await readBody(request)
  const caller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) caller.abort(new Error('The caller hung up'))
  })
  const { headers } = request
  return route.run({ params, query: url.searchParams, headers, body, signal: caller.signal })
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
