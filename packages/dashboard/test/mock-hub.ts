import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, every, systemNow } from './clock/system-clock.ts'
import { makeHostile } from './mock/hostile.ts'
import { createMockLab } from './mock/lab.ts'
import { answer, type MockStore } from './mock/routes.ts'
import { serveFile } from './mock/static-files.ts'
import { hubStatus, liveTick } from './mock/views.ts'

/** How the mock behaves. */
export type MockMode = 'loaded' | 'empty' | 'failing' | 'slow' | 'hostile' | 'locked'

/** A hub of pretended figures that serves the built page. */
export interface MockHub {
  readonly url: string
  readonly store: MockStore
  mode: MockMode
  /** Breaks all connections and refuses new ones, or takes them again. */
  setReachable(isReachable: boolean): void
  close(): Promise<void>
}

const slowMs = 20_000

/** Starts a mock hub on loopback; port 0 takes a free one. */
export async function startMockHub({
  port = 0,
  mode,
}: { port?: number; mode?: MockMode } = {}): Promise<MockHub> {
  const world = { startedAt: systemNow() }
  const store: MockStore = {
    world,
    overrides: new Map(),
    audit: [],
    lab: createMockLab(world),
    hasLab: true,
    isEmpty: false,
    extra: 0,
  }
  const state: State = { mode: mode ?? 'loaded', isReachable: true, session: false }
  const server = createServer((request, response) => {
    if (!state.isReachable) request.socket.destroy()
    else void respond({ store, state, request, response })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return handle({ server, store, state })
}

interface State {
  mode: MockMode
  isReachable: boolean
  session: boolean
}

function handle({ server, store, state }: { server: Server; store: MockStore; state: State }): MockHub {
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    store,
    get mode() {
      return state.mode
    },
    set mode(mode) {
      state.mode = mode
      store.isEmpty = mode === 'empty'
    },
    setReachable(isReachable) {
      state.isReachable = isReachable
      if (!isReachable) server.closeAllConnections()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Exchange {
  readonly store: MockStore
  readonly state: State
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

async function respond(exchange: Exchange): Promise<void> {
  const { state, request, response } = exchange
  const url = new URL(request.url ?? '/', 'http://mock')
  if (!url.pathname.startsWith('/api/v1/')) return serveFile(url.pathname, response)
  const path = url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent)
  if (path[0] === 'session') state.session = true
  if (state.mode === 'locked' && !state.session) return problem(response, 401, 'A token is needed')
  if (path[0] === 'live') return stream(exchange)
  const body = await readBody(request)
  if (state.mode === 'failing') return problem(response, 503, 'The store does not answer')
  const found = answer(exchange.store, {
    method: request.method ?? 'GET',
    path,
    query: url.searchParams,
    body,
    now: systemNow(),
  })
  if (!found) return problem(response, 404, `There is no ${path.join('/')}`)
  const send = (): void =>
    json(response, found.status, state.mode === 'hostile' ? makeHostile(found.body) : found.body)
  if (state.mode === 'slow') after(slowMs, send)
  else send()
}

function stream({ store, state, request, response }: Exchange): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const send = (at: number): void => {
    const hub = hubStatus(store.world, at, store.hasLab)
    const tick = liveTick(store.world, at, { hub, changedGroups: store.extra > 0 ? ['rare'] : [] })
    const shown = state.mode === 'hostile' ? makeHostile(tick) : tick
    response.write(`id: ${tick.id}\nevent: tick\ndata: ${JSON.stringify(shown)}\n\n`)
  }
  const lastId = Number(request.headers['last-event-id'] ?? 0)
  const current = Math.floor(systemNow() / 1000)
  for (let id = Math.max(lastId + 1, current - 899); lastId > 0 && id < current; id++) send(id * 1000)
  send(systemNow())
  const stop = every(1_000, () => send(systemNow()))
  request.on('close', stop)
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  request.setEncoding('utf8')
  let text = ''
  for await (const part of request) text += String(part)
  return text === '' ? undefined : JSON.parse(text)
}

function problem(response: ServerResponse, status: number, detail: string): void {
  json(response, status, { type: 'about:blank', title: 'Problem', status, detail, code: String(status) })
}

function json(response: ServerResponse, status: number, body: unknown): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}
