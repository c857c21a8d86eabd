import type { PolicyListView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { QueryView } from '../../../shared/layout/query-view.tsx'
import { ListAndPanel } from '../../../shared/layout/list-and-panel.tsx'
import { usePlace, useSelect } from '../../../shared/router/use-place.ts'
import { usePolicies } from '../api/get-policies.ts'
import { parsePolicyFilters } from '../model/match-policies.ts'
import { AuditList } from './audit-list.tsx'
import { PolicyFilterBar } from './policy-filter-bar.tsx'
import { PolicyLists } from './policy-lists.tsx'
import { PolicyPanel } from './policy-panel.tsx'

/** Which breaker is selected. */
export interface PoliciesPageProps {
  readonly service: string | null
  readonly policy: string | null
}

/** The policies, the breakers among them first, and who stepped in. */
export function PoliciesPage({ service, policy }: PoliciesPageProps): ReactNode {
  const query = usePolicies()
  const filters = parsePolicyFilters(usePlace().query)
  const select = useSelect()
  const selected = service !== null && policy !== null ? { service, policy } : null
  const close = (): void => select({ view: 'policies', service: null, policy: null })
  const list = (
    <>
      <h1>Policies</h1>
      <PolicyFilterBar filters={filters} services={serviceNames(query.data)} />
      <QueryView query={query} what="the policies">
        {(view) => <PolicyLists view={view} filters={filters} selected={selected} />}
      </QueryView>
      <AuditList />
    </>
  )
  return (
    <ListAndPanel
      list={list}
      panel={
        selected ? (
          <PolicyPanel key={`${service} ${policy}`} {...selected} query={query} onClose={close} />
        ) : null
      }
    />
  )
}

function serviceNames(view: PolicyListView | undefined): string[] {
  return [...new Set(view?.policies.map(({ service }) => service))].sort()
}
