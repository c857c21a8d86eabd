import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isLoopback } from '../config/hub-options.ts'
import { ApiError } from './api-error.ts'
import type { HubParts } from './hub-parts.ts'
import { hasSession } from './session-cookie.ts'
import { isSameSecret } from './same-secret.ts'

/** Refuses requests that come by another name, from another site, or without the token. */
export function installGuards(server: FastifyInstance, { options }: HubParts): void {
  server.addHook('onRequest', async (request) => {
    if (isLoopback(options.host)) checkHost(request)
    checkOrigin(request)
    if (options.token !== null && isProtected(request)) checkToken(request, options.token)
  })
}

// A page of another site can make its own name mean 127.0.0.1 and then read what is served there; its requests
// still carry that name.
function checkHost(request: FastifyRequest): void {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  if (isLoopback(name.toLowerCase())) return
  throw new ApiError('FOREIGN_HOST', 'This hub only answers to localhost and loopback addresses')
}

// Browsers name the site that a changing request comes from; programs do not send it.
function checkOrigin(request: FastifyRequest): void {
  const { origin } = request.headers
  if (origin === undefined || request.method === 'GET' || request.method === 'HEAD') return
  if (URL.parse(origin)?.host === request.headers.host) return
  throw new ApiError('FOREIGN_ORIGIN', 'Changes can only be made from the hub’s own page')
}

// What the router found counts, not only how the path is spelled: an encoded letter must not lead past the guard.
function isProtected(request: FastifyRequest): boolean {
  const route = request.routeOptions.url ?? request.url
  if (route === '/api/v1/session') return false
  return [route, request.url].some((path) => /^\/(?:api|metrics)(?:[/?]|$)/.test(path))
}

function checkToken(request: FastifyRequest, token: string): void {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined && isSameSecret(bearer, token)) return
  if (hasSession(request.headers.cookie, token)) return
  throw new ApiError('UNAUTHENTICATED', 'Send the hub’s token as "Authorization: Bearer …"')
}
