/** Which view is open, and what is selected in it. */
export type Route =
  | { readonly view: 'overview' }
  | { readonly view: 'errors'; readonly group: string | null }
  | { readonly view: 'services'; readonly service: string | null }
  | { readonly view: 'policies'; readonly service: string | null; readonly policy: string | null }
  | { readonly view: 'lab' }
  | { readonly view: 'settings' }
  | { readonly view: 'unknown'; readonly path: string }

/** The name of a view. */
export type ViewName = Route['view']

/** Reads a path; one that is no view, or is encoded wrongly, is the view `unknown`. */
export function parseRoute(pathname: string): Route {
  const parts = decodeParts(pathname)
  const [view = '', first, second, ...rest] = parts ?? ['?']
  const unknown: Route = { view: 'unknown', path: pathname }
  if (rest.length > 0) return unknown
  if (view === 'policies') return policiesRoute(first, second) ?? unknown
  if (second !== undefined) return unknown
  if (view === 'errors') return { view, group: first ?? null }
  if (view === 'services') return { view, service: first ?? null }
  if (first !== undefined) return unknown
  if (view === '') return { view: 'overview' }
  if (view === 'lab' || view === 'settings') return { view }
  return unknown
}

/** The path of a route; `parseRoute` reads it back to the same route. */
export function formatPath(route: Route): string {
  switch (route.view) {
    case 'overview':
      return '/'
    case 'errors':
      return joinPath('errors', route.group)
    case 'services':
      return joinPath('services', route.service)
    case 'policies':
      return joinPath('policies', route.service, route.policy)
    case 'unknown':
      return route.path
    default:
      return joinPath(route.view)
  }
}

function policiesRoute(service: string | undefined, policy: string | undefined): Route | undefined {
  if (service === undefined) return { view: 'policies', service: null, policy: null }
  return policy === undefined ? undefined : { view: 'policies', service, policy }
}

function joinPath(...parts: readonly (string | null)[]): string {
  return parts
    .filter((part) => part !== null)
    .map((part) => `/${encodePart(part)}`)
    .join('')
}

// A browser resolves `.` and `..` away, even when their dots are encoded; a trailing mark keeps such names whole.
const dotsOnly = /^\.{1,2}~*$/

function encodePart(part: string): string {
  return encodeURIComponent(dotsOnly.test(part) ? `${part}~` : part)
}

function decodeParts(pathname: string): string[] | undefined {
  try {
    return pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent)
      .map((part) => (dotsOnly.test(part) ? part.replace(/~$/, '') : part))
  } catch {
    return undefined
  }
}

/** The same view without its selection; undefined when nothing is selected. */
export function parentRoute(route: Route): Route | undefined {
  if (route.view === 'errors' && route.group !== null) return { view: 'errors', group: null }
  if (route.view === 'services' && route.service !== null) return { view: 'services', service: null }
  if (route.view === 'policies' && route.service !== null)
    return { view: 'policies', service: null, policy: null }
  return undefined
}
