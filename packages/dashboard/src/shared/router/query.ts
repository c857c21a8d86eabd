/** The part of an address after the question mark; a name that is absent has no value. */
export type Query = Readonly<Record<string, string>>

/** Reads a query; of a repeated name the last value counts. */
export function parseQuery(search: string): Query {
  return Object.fromEntries(new URLSearchParams(search))
}

/** Writes a query, names in order, empty values left out; with its question mark unless it is empty. */
export function formatQuery(query: Query): string {
  const entries = Object.entries(query).filter(([, value]) => value !== '')
  const text = new URLSearchParams(entries.sort(([a], [b]) => (a < b ? -1 : 1))).toString()
  return text === '' ? '' : `?${text}`
}

const frameNames: ReadonlySet<string> = new Set(['range', 'from', 'to'])

/** What of a query stays when the view changes: the time range. */
export function frameQuery(query: Query): Query {
  return Object.fromEntries(Object.entries(query).filter(([name]) => frameNames.has(name)))
}
