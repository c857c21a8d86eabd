import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../api-error.ts'
import type { HubParts } from '../hub-parts.ts'
import { LabClient } from '../lab-client.ts'

const paths = ['/api/v1/lab', '/api/v1/lab/faults', '/api/v1/lab/faults/:id', '/api/v1/lab/tour'] as const

/** Passes what is for the demo fleet on to its controller. */
export function addLabRoutes(server: FastifyInstance, { options }: HubParts): void {
  const client = options.labUrl === null ? null : new LabClient(options.labUrl)

  async function passOn(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    if (client === null)
      throw new ApiError('NOT_FOUND', 'This hub was started without a demo fleet (--lab URL)')
    const body = Buffer.isBuffer(request.body) ? request.body : null
    const answer = await client.request({ method: request.method, path: request.url, body })
    return await reply.code(answer.status).type(answer.contentType).send(answer.body)
  }

  for (const url of paths) server.route({ method: ['GET', 'POST', 'DELETE'], url, handler: passOn })
}
