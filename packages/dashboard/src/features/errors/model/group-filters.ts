import type { Query } from '../../../shared/router/query.ts'

/** What the list of groups is narrowed to, as the address says; empty means all. */
export interface GroupFilters {
  readonly q: string
  readonly service: string
  readonly severity: string
  readonly category: string
  readonly sort: GroupSort
}

/** The orders that the hub offers. */
export type GroupSort = 'count' | 'last' | 'first'

/** Reads the filters of an address; an unknown order is the default one. */
export function parseGroupFilters(query: Query): GroupFilters {
  const { q = '', service = '', severity = '', category = '', sort } = query
  return { q, service, severity, category, sort: sort === 'last' || sort === 'first' ? sort : 'count' }
}

/** The filters in words, as one would type them: `severity:critical "timed out"`; empty without any. */
export function filterWords({ q, service, severity, category }: GroupFilters): string {
  const named = Object.entries({ service, severity, category }).filter(([, value]) => value !== '')
  const words = named.map(([name, value]) => `${name}:${value}`)
  return [...words, ...(q === '' ? [] : [`"${q}"`])].join(' ')
}

/** The change of the address that clears all filters. */
export const clearedFilters: Query = { q: '', service: '', severity: '', category: '' }
