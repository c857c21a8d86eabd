import { formatQuery, parseQuery, type Query } from './query.ts'
import { formatPath, parseRoute, type Route } from './route.ts'

/** Where the page is: everything that another person needs to see the same. */
export interface Place {
  readonly route: Route
  readonly query: Query
}

/** The page's place, kept in the address bar and the browser's history. */
export interface Router {
  /** The same object until the place changes. */
  getPlace(): Place
  subscribe(listener: () => void): () => void
  /** Goes to a place; `replace` makes no new entry in the history. */
  go(place: Place, how?: 'push' | 'replace'): void
}

/** What a router needs of `window`. */
export interface RouterHost {
  readonly location: { readonly pathname: string; readonly search: string }
  readonly history: {
    pushState(data: unknown, unused: string, url: string): void
    replaceState(data: unknown, unused: string, url: string): void
  }
  addEventListener(type: 'popstate', listener: () => void): void
}

/** The address of a place. */
export function formatHref({ route, query }: Place): string {
  return formatPath(route) + formatQuery(query)
}

/** Creates the router of a window. */
export function createRouter(host: RouterHost): Router {
  const listeners = new Set<() => void>()
  let place = readPlace(host)

  function settle(): void {
    place = readPlace(host)
    for (const listener of listeners) listener()
  }

  host.addEventListener('popstate', settle)
  return {
    getPlace: () => place,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    go(next, how = 'push') {
      const href = formatHref(next)
      if (href === formatHref(place)) return
      if (how === 'push') host.history.pushState(null, '', href)
      else host.history.replaceState(null, '', href)
      settle()
    },
  }
}

function readPlace({ location }: RouterHost): Place {
  return { route: parseRoute(location.pathname), query: parseQuery(location.search) }
}
