import type { FastifyInstance } from 'fastify'
import type { EncodedTick } from '../../analyse/live-feed.ts'
import type { HubParts } from '../hub-parts.ts'
import type { SseMessage } from '../sse-stream.ts'

/** The live stream; a reader that comes back is first sent what it missed. */
export function addLiveRoutes(server: FastifyInstance, { feed, streams }: HubParts): void {
  server.get('/api/v1/live', async (request, reply) => {
    const stream = streams.start(reply.raw)
    reply.hijack()
    const lastId = request.headers['last-event-id']
    if (typeof lastId === 'string') {
      const missed = feed.since(/^\d{1,16}$/.test(lastId) ? Number(lastId) : -1)
      if (missed === 'gone') stream.send({ event: 'reset', data: '{}' })
      else stream.replay(missed.map(messageOf))
    }
    stream.onClose(feed.subscribe((tick) => stream.send(messageOf(tick))))
  })
}

function messageOf({ id, json }: EncodedTick): SseMessage {
  return { event: 'tick', id, data: json }
}
