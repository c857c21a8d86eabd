import type { FastifyInstance } from 'fastify'
import type { OverviewView, PolicyListView, ServiceDetailView, ServiceListView } from 'breakwater/protocol'
import { rangeView } from '../../analyse/range.ts'
import { readPolicyViews } from '../../control/policy-views.ts'
import { search } from '../../group/search.ts'
import { readOverview } from '../../health/overview.ts'
import { readServiceDetail, readServiceSummaries } from '../../health/service-views.ts'
import { readPolicyKind } from '../../ingest/native/read-policy.ts'
import { ApiError } from '../api-error.ts'
import type { HubParts } from '../hub-parts.ts'
import { type Query, readRange, readText } from '../read-query.ts'

interface Asked {
  Querystring: Query
}

/** What the page and the CLI read, but for groups. */
export function addViewRoutes(server: FastifyInstance, parts: HubParts): void {
  const { clock, store, status } = parts
  server.get<Asked>('/api/v1/overview', async ({ query }): Promise<OverviewView> => {
    const now = clock.now()
    const filter = readText(query, 'environment', 'environment')
    return {
      ...(await readOverview(store, { range: readRange(query, now), now, ...filter })),
      hub: await status(),
    }
  })

  server.get<Asked>('/api/v1/services', async ({ query }): Promise<ServiceListView> => {
    const now = clock.now()
    const asked = { range: readRange(query, now), now }
    const policies = await readPolicyViews(store, { ...asked, kind: 'circuit-breaker' })
    return { range: rangeView(asked.range), services: await readServiceSummaries(store, asked, { policies }) }
  })

  server.get<Asked & { Params: { service: string } }>(
    '/api/v1/services/:service',
    async ({ query, params: { service } }): Promise<ServiceDetailView> => {
      const now = clock.now()
      const filter = readText(query, 'operation', 'operation')
      const detail = await readServiceDetail(store, { range: readRange(query, now), now, service, ...filter })
      if (detail === undefined) throw new ApiError('NOT_FOUND', `No service "${service}" ever reported`)
      return detail
    },
  )

  addPolicyRoute(server, parts)

  server.get<Asked>('/api/v1/search', async ({ query }) => {
    const { text } = readText(query, 'q', 'text')
    return text === undefined ? { hits: [] } : await search(store, text.trim())
  })

  server.get('/api/v1/hub', async () => await status())
}

function addPolicyRoute(server: FastifyInstance, { clock, store }: HubParts): void {
  server.get<Asked>('/api/v1/policies', async ({ query }): Promise<PolicyListView> => {
    const now = clock.now()
    const range = readRange(query, now)
    const kind =
      readText(query, 'kind', 'kind').kind === undefined ? {} : { kind: readPolicyKind(query, 'kind') }
    const filter = { ...readText(query, 'service', 'service'), ...kind }
    return { range: rangeView(range), policies: await readPolicyViews(store, { range, now, ...filter }) }
  })
}
