import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { reportLimits } from 'breakwater/protocol'
import { type ApiError, problems } from './api-error.ts'
import { installGuards } from './guards.ts'
import type { HubParts } from './hub-parts.ts'
import { addPage } from './page.ts'
import { addControlRoutes } from './routes/control-routes.ts'
import { addGroupRoutes } from './routes/group-routes.ts'
import { addHealthRoutes } from './routes/health-routes.ts'
import { addLabRoutes } from './routes/lab-routes.ts'
import { addLiveRoutes } from './routes/live-routes.ts'
import { addReportRoutes } from './routes/report-routes.ts'
import { addSessionRoutes } from './routes/session-routes.ts'
import { addViewRoutes } from './routes/view-routes.ts'
import { toApiError } from './to-api-error.ts'

const headers = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; " +
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
}

/** The hub's HTTP side: every route, what guards them, and one place that renders errors. */
export function buildServer(parts: HubParts): FastifyInstance {
  const server = fastify({
    logger: false,
    bodyLimit: reportLimits.bodyBytes,
    requestTimeout: 30_000,
    keepAliveTimeout: 60_000,
    // A name of 200 characters is up to 1,800 once it is encoded.
    routerOptions: { maxParamLength: 2_000 },
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    // No route has a schema: bodies are read by hand. Without these, Fastify loads a validator that nobody uses.
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  server.addHook('onRequest', async (_request, reply) => void reply.headers(headers))
  installGuards(server, parts)
  server.setErrorHandler((error, _request, reply) => {
    const problem = toApiError(error)
    if (problem.problem === 'INTERNAL' || problem.problem === 'STORE_FAILED') parts.reportError(error)
    return sendProblem(reply, problem)
  })
  addRoutes(server, parts)
  return server
}

function addRoutes(server: FastifyInstance, parts: HubParts): void {
  addReportRoutes(server, parts)
  addControlRoutes(server, parts)
  addViewRoutes(server, parts)
  addGroupRoutes(server, parts)
  addLiveRoutes(server, parts)
  addSessionRoutes(server, parts)
  addLabRoutes(server, parts)
  addHealthRoutes(server, parts)
  addPage(server, parts.options.pageDir)
}

function sendProblem(reply: FastifyReply, error: ApiError): FastifyReply {
  const { problem: code, message: detail, extras } = error
  const [status, title] = problems[code]
  const { field, retryAfterS } = extras
  if (retryAfterS !== undefined) void reply.header('retry-after', String(retryAfterS))
  if (status === 401) void reply.header('www-authenticate', 'Bearer')
  const body = { type: 'about:blank', title, status, detail, code, ...(field === undefined ? {} : { field }) }
  return reply.code(status).type('application/problem+json').send(JSON.stringify(body))
}

function noCompiler(): () => never {
  return () => {
    throw new Error('Routes of the hub have no schema')
  }
}
