import type { ServiceListView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { Empty, FilteredEmpty } from '../../../shared/layout/empty.tsx'
import { QueryView } from '../../../shared/layout/query-view.tsx'
import { SelectFilter } from '../../../shared/layout/select-filter.tsx'
import { TextFilter } from '../../../shared/layout/text-filter.tsx'
import { useSetQuery } from '../../../shared/router/use-place.ts'
import { useServices } from '../api/get-services.ts'
import { matchServices, type ServiceFilters, serviceFilterWords } from '../model/match-services.ts'
import { ServiceTable } from './service-table.tsx'

const stateChoices = [
  ['', 'All'],
  ['failing', '■ failing'],
  ['degraded', '◐ degraded'],
  ['unknown', '○ unknown'],
  ['ok', '● ok'],
] as const

/** What the list of services needs. */
export interface ServiceSectionProps {
  readonly filters: ServiceFilters
  readonly selected: string | null
}

/** The services that match the address, with their filters. */
export function ServiceSection({ filters, selected }: ServiceSectionProps): ReactNode {
  const services = useServices()
  const setQuery = useSetQuery()
  return (
    <>
      <h1>Services</h1>
      <form className="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
        <TextFilter label="Name" value={filters.q} onChange={(q) => setQuery({ q }, 'replace')} />
        <SelectFilter
          label="State"
          value={filters.state}
          choices={stateChoices}
          onChange={(state) => setQuery({ state }, 'replace')}
        />
      </form>
      <QueryView query={services} what="the services">
        {(view) => <Services view={view} filters={filters} selected={selected} />}
      </QueryView>
    </>
  )
}

interface ServicesProps extends ServiceSectionProps {
  readonly view: ServiceListView
}

function Services({ view, filters, selected }: ServicesProps): ReactNode {
  const setQuery = useSetQuery()
  const matching = matchServices(view.services, filters)
  if (view.services.length === 0) return <Empty>No service has reported in this range.</Empty>
  if (matching.length === 0) {
    return (
      <FilteredEmpty filters={serviceFilterWords(filters)} onClear={() => setQuery({ q: '', state: '' })} />
    )
  }
  return <ServiceTable services={matching} selected={selected} />
}
