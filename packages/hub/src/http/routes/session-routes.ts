import type { FastifyInstance } from 'fastify'
import { readText } from '../../ingest/native/read-fields.ts'
import { ApiError } from '../api-error.ts'
import { jsonOf } from '../body.ts'
import type { HubParts } from '../hub-parts.ts'
import { isSameSecret } from '../same-secret.ts'
import { endedSessionCookie, sessionCookie } from '../session-cookie.ts'

const maxTokenLength = 512
const maxWrong = 10
const windowMs = 60_000

/** Signing a browser in and out. */
export function addSessionRoutes(server: FastifyInstance, { options, clock }: HubParts): void {
  const { token } = options
  const wrong = { count: 0, since: 0 }

  server.post('/api/v1/session', async (request, reply) => {
    if (clock.now() - wrong.since > windowMs) Object.assign(wrong, { count: 0, since: clock.now() })
    if (wrong.count >= maxWrong) {
      throw new ApiError('TOO_MANY_ATTEMPTS', 'Wait a minute before the next try', { retryAfterS: 60 })
    }
    const given = readText(jsonOf(request), 'token', maxTokenLength)
    if (token === null) return await reply.code(204).send()
    if (!isSameSecret(given, token)) {
      wrong.count++
      throw new ApiError('UNAUTHENTICATED', 'The token is wrong', { field: 'token' })
    }
    return await reply.code(204).header('set-cookie', sessionCookie(token)).send()
  })

  server.delete('/api/v1/session', async (_request, reply) => {
    return await reply.code(204).header('set-cookie', endedSessionCookie).send()
  })
}
