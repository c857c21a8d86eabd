import type { FastifyRequest } from 'fastify'
import { reportLimits } from 'breakwater/protocol'
import { BodyError } from '../ingest/native/body-error.ts'
import { isDeeperThan } from '../ingest/native/json-depth.ts'
import { asFields, type Fields } from '../ingest/native/read-fields.ts'

/** A request's body as bytes. */
export function bodyOf(request: FastifyRequest): Buffer {
  if (Buffer.isBuffer(request.body)) return request.body
  throw new BodyError('MALFORMED_BODY', 'The body is missing')
}

/** A request's body as a JSON object. */
export function jsonOf(request: FastifyRequest): Fields {
  const bytes = bodyOf(request)
  if (isDeeperThan(bytes, reportLimits.depth))
    throw new BodyError('BODY_TOO_DEEP', 'The body is nested too deep')
  try {
    return asFields(JSON.parse(bytes.toString()), 'body')
  } catch (error) {
    if (error instanceof SyntaxError) throw new BodyError('MALFORMED_BODY', 'The body is not valid JSON')
    throw error
  }
}
