import type { ReactNode } from 'react'
import { SelectFilter } from '../../../shared/layout/select-filter.tsx'
import { TextFilter } from '../../../shared/layout/text-filter.tsx'
import { useSetQuery } from '../../../shared/router/use-place.ts'
import type { PolicyFilters } from '../model/match-policies.ts'

const kindChoices = [
  ['', 'All'],
  ['circuit-breaker', 'circuit breaker'],
  ['bulkhead', 'bulkhead'],
  ['retry', 'retry'],
  ['timeout', 'timeout'],
  ['fallback', 'fallback'],
  ['retry-budget', 'retry budget'],
] as const

/** What the filters of the policies need. */
export interface PolicyFilterBarProps {
  readonly filters: PolicyFilters
  readonly services: readonly string[]
}

/** The filters of the list of policies. */
export function PolicyFilterBar({ filters, services }: PolicyFilterBarProps): ReactNode {
  const setQuery = useSetQuery()
  const serviceChoices = [['', 'All'] as const, ...services.map((name) => [name, name] as const)]
  return (
    <form className="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <TextFilter label="Name" value={filters.q} onChange={(q) => setQuery({ q }, 'replace')} />
      <SelectFilter
        label="Kind"
        value={filters.kind}
        choices={kindChoices}
        onChange={(kind) => setQuery({ kind }, 'replace')}
      />
      <SelectFilter
        label="Service"
        value={filters.service}
        choices={serviceChoices}
        onChange={(service) => setQuery({ service }, 'replace')}
      />
    </form>
  )
}
