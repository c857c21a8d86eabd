import type { FastifyInstance } from 'fastify'
import type { Report, ReportReceipt } from 'breakwater/protocol'
import { decodeBody } from '../../ingest/native/decode-body.ts'
import { readReport } from '../../ingest/native/read-report.ts'
import { ApiError } from '../api-error.ts'
import { toApiError } from '../to-api-error.ts'
import { bodyOf } from '../body.ts'
import type { HubParts } from '../hub-parts.ts'

/** Services → hub: takes reports. */
export function addReportRoutes(server: FastifyInstance, { clock, queue, metrics }: HubParts): void {
  server.post(
    '/api/v1/reports',
    { onError: async (_request, _reply, error) => metrics.refuse(toApiError(error).problem) },
    async (request) => {
      const body = bodyOf(request)
      const report = readReport(await decodeBody(body, request.headers['content-encoding']), clock.now())
      return await store(report, body.length)
    },
  )

  async function store(report: Report, bytes: number): Promise<ReportReceipt> {
    const outcome = await queue.submit(report, bytes)
    if (outcome === 'no-room') {
      throw new ApiError('NO_ROOM', 'No more services or instances are kept', { retryAfterS: 60 })
    }
    if (outcome === 'duplicate') metrics.duplicate++
    else metrics.accepted++
    return { sequence: report.sequence, duplicate: outcome === 'duplicate' }
  }
}
