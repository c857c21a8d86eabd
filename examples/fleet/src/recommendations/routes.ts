import type { Route } from '../http/route.ts'
import { recommend } from './rank.ts'

/** The routes of the recommendations service. */
export function recommendationRoutes(): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/recommendations',
      run: ({ query }) => ({
        status: 200,
        body: recommend(query.get('for')),
      }),
    },
  ]
}
