import type { SearchView } from 'breakwater/protocol'
import type { Query } from '../../../shared/router/query.ts'
import type { Route } from '../../../shared/router/route.ts'

/** One thing that was found. */
export type SearchHit = SearchView['hits'][number]

/** Where a hit leads to. */
export function hitPlace({ kind, service, id }: SearchHit): { readonly route: Route; readonly query: Query } {
  switch (kind) {
    case 'service':
      return { route: { view: 'services', service: id }, query: {} }
    case 'operation':
      return { route: { view: 'services', service }, query: { operation: id } }
    case 'policy':
      return { route: policyRoute(service, id), query: {} }
    default:
      return { route: { view: 'errors', group: id }, query: {} }
  }
}

function policyRoute(service: string | null, policy: string): Route {
  return service === null
    ? { view: 'policies', service: null, policy: null }
    : { view: 'policies', service, policy }
}

/** The place in a list of `count` after a step; it goes round, and from nowhere (−1) to an end. */
export function stepThrough(active: number, step: 1 | -1, count: number): number {
  if (count === 0) return -1
  if (active < 0) return step === 1 ? 0 : count - 1
  return (active + step + count) % count
}
