import type { FastifyInstance } from 'fastify'
import type { Override } from 'breakwater/protocol'
import { InvalidFieldError } from '../../ingest/native/invalid-field-error.ts'
import { type Fields, readName, readText, readWord } from '../../ingest/native/read-fields.ts'
import { jsonOf } from '../body.ts'
import type { HubParts } from '../hub-parts.ts'
import { readNumber } from '../read-query.ts'

/** Orders to breakers: taken from people, streamed to services. */
export function addControlRoutes(
  server: FastifyInstance,
  { clock, control, store, streams }: HubParts,
): void {
  server.get<{ Querystring: Fields }>('/api/v1/control', async (request, reply) => {
    const service = readName(request.query, 'service')
    const state = await control.stateOf(service)
    const stream = streams.start(reply.raw)
    reply.hijack()
    const send = (next: unknown): void => stream.send({ event: 'control', data: JSON.stringify(next) })
    send(state)
    stream.onClose(control.subscribe(service, send))
  })

  server.put<{ Params: Fields }>('/api/v1/overrides/:service/:policy', async (request) => {
    const body = jsonOf(request)
    const override: Override = {
      service: readName(request.params, 'service'),
      policy: readName(request.params, 'policy'),
      mode: readWord(body, 'mode', ['forced-open', 'forced-closed', 'automatic']),
      reason: readWords(body, 'reason', 500),
      by: readWords(body, 'by', 100),
      at: clock.now(),
    }
    await control.order(override)
    return override
  })

  server.get<{ Querystring: Fields }>('/api/v1/audit', async (request) => {
    const limit = readNumber(request.query, 'limit', { fallback: 100, max: 1_000 })
    return { entries: await store.overrides.audit(limit) }
  })
}

function readWords(source: Fields, key: string, max: number): string {
  const text = readText(source, key, max).trim()
  if (text !== '') return text
  throw new InvalidFieldError(key, `a text of 1–${max} characters`, source[key])
}
