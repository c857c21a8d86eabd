import type { FastifyInstance } from 'fastify'
import { ApiError } from '../api-error.ts'
import type { HubParts } from '../hub-parts.ts'
import { renderMetrics } from '../render-metrics.ts'

/** What watches the hub itself. */
export function addHealthRoutes(server: FastifyInstance, parts: HubParts): void {
  server.get('/health/live', async () => ({ status: 'live' }))

  server.get('/health/ready', async () => {
    const { queue, store, options } = parts
    if (queue.isStopped) throw new ApiError('STOPPING', 'The hub is stopping', { retryAfterS: 1 })
    await store.upkeep.bytes()
    if (queue.length >= options.limits.waitingReports) {
      throw new ApiError('NOT_READY', `${queue.length} reports wait for the writer`, {
        retryAfterS: 1,
      })
    }
    return { status: 'ready' }
  })

  server.get('/metrics', async (_request, reply) => {
    const text = await renderMetrics(parts)
    return await reply.type('text/plain; version=0.0.4; charset=utf-8').send(text)
  })
}
