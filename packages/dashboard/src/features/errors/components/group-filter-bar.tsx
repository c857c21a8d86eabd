import { severities } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { SelectFilter } from '../../../shared/layout/select-filter.tsx'
import { TextFilter } from '../../../shared/layout/text-filter.tsx'
import type { Query } from '../../../shared/router/query.ts'
import type { GroupFilters } from '../model/group-filters.ts'

/** What the filters of the list need. */
export interface GroupFilterBarProps {
  readonly filters: GroupFilters
  readonly onChange: (change: Query) => void
}

const severityChoices = [
  ['', 'All'],
  ...severities.toReversed().map((name) => [name, name] as const),
] as const

const categoryChoices = [
  ['', 'All'],
  ['technical/system', 'technical/system'],
  ['technical/network', 'technical/network'],
  ['technical/dependency', 'technical/dependency'],
  ['technical/security', 'technical/security'],
  ['business/validation', 'business/validation'],
  ['business/rule', 'business/rule'],
  ['business/conflict', 'business/conflict'],
] as const

const sortChoices = [
  ['count', 'Most frequent'],
  ['last', 'Last seen'],
  ['first', 'First seen'],
] as const

/** The filters of the list of groups. */
export function GroupFilterBar({ filters, onChange }: GroupFilterBarProps): ReactNode {
  return (
    <form className="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <TextFilter label="Text" value={filters.q} onChange={(q) => onChange({ q })} />
      <TextFilter label="Service" value={filters.service} onChange={(service) => onChange({ service })} />
      <SelectFilter
        label="Severity"
        value={filters.severity}
        choices={severityChoices}
        onChange={(severity) => onChange({ severity })}
      />
      <SelectFilter
        label="Category"
        value={filters.category}
        choices={categoryChoices}
        onChange={(category) => onChange({ category })}
      />
      <SelectFilter
        label="Order"
        value={filters.sort}
        choices={sortChoices}
        onChange={(sort) => onChange({ sort })}
      />
    </form>
  )
}
