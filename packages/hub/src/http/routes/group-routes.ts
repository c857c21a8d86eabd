import type { FastifyInstance } from 'fastify'
import { type GroupDetailView, type GroupListView, severities } from 'breakwater/protocol'
import { readGroupDetail, readGroupList } from '../../group/group-views.ts'
import { faultCategories } from '../../ingest/native/read-fault.ts'
import { ApiError } from '../api-error.ts'
import type { HubParts } from '../hub-parts.ts'
import { type Query, readChoice, readNumber, readRange, readText } from '../read-query.ts'

const categories = ['technical', 'business', ...faultCategories]

/** Groups of faults. */
export function addGroupRoutes(server: FastifyInstance, { clock, store }: HubParts): void {
  server.get<{ Querystring: Query }>('/api/v1/groups', async ({ query }): Promise<GroupListView> => {
    const category = readChoice(query, 'category', categories)
    const severity = readChoice(query, 'severity', severities)
    return await readGroupList(store, {
      range: readRange(query, clock.now()),
      sort: readChoice(query, 'sort', ['count', 'last', 'first']) ?? 'count',
      limit: Math.max(1, readNumber(query, 'limit', { fallback: 50, max: 200 })),
      ...readText(query, 'service', 'service'),
      ...readText(query, 'q', 'text'),
      ...readText(query, 'cursor', 'cursor'),
      ...(category === undefined ? {} : { category }),
      ...(severity === undefined ? {} : { severity }),
    })
  })

  server.get<{ Querystring: Query; Params: { id: string } }>(
    '/api/v1/groups/:id',
    async ({ query, params: { id } }): Promise<GroupDetailView> => {
      const range = readRange(query, clock.now())
      const detail = await readGroupDetail(store, { fingerprint: id.toLowerCase(), range })
      if (detail === undefined) throw new ApiError('NOT_FOUND', `There is no group "${id.slice(0, 80)}"`)
      return detail
    },
  )
}
