import type { IncomingHttpHeaders } from 'node:http'

/** A request as a route sees it: read to its end and parsed. */
export interface ServiceRequest {
  /** The values of the path's `:name` parts. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** The parsed JSON body; undefined without one. Not trusted: each route checks it. */
  readonly body: unknown
  /** Aborts when the caller hangs up. */
  readonly signal: AbortSignal
}

/** What a route answers; the body is sent as JSON. */
export interface Reply {
  readonly status: number
  readonly body?: unknown
}

/** One route of a service. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `/products/:id`. */
  readonly path: string
  readonly run: (request: ServiceRequest) => Reply | Promise<Reply>
}

/** The route that fits, and the values of its `:name` parts; undefined when none does. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | undefined {
  for (const route of routes) {
    if (route.method !== method) continue
    const params = matchPath(route.path, path)
    if (params !== undefined) return { route, params }
  }
  return undefined
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = value
    else if (part !== value) return undefined
  }
  return params
}
