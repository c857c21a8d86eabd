import type { Route } from '../http/route.ts'
import type { Instruments } from '../instrument/instruments.ts'
import { recommend } from './rank.ts'

/** The routes of the recommendations service. */
export function recommendationRoutes({ counts, makePipeline }: Instruments): readonly Route[] {
  const rank = makePipeline({ operation: 'products.rank', policies: [] })
  return [
    {
      method: 'GET',
      path: '/recommendations',
      run: async ({ query }) => ({
        status: 200,
        body: await counts.run(rank, () => recommend(query.get('for'))),
      }),
    },
  ]
}
