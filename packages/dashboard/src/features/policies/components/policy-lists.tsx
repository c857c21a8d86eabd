import type { PolicyListView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { policyKey } from '../../../shared/breaker/breaker-rank.ts'
import { formatMinute } from '../../../shared/format/format-time.ts'
import { Empty, FilteredEmpty } from '../../../shared/layout/empty.tsx'
import { Section } from '../../../shared/layout/section.tsx'
import { FreshButton } from '../../../shared/list/fresh-button.tsx'
import { useHeldList } from '../../../shared/list/use-held-list.ts'
import { useSetQuery } from '../../../shared/router/use-place.ts'
import {
  clearedPolicyFilters,
  matchPolicies,
  type PolicyFilters,
  policyFilterWords,
} from '../model/match-policies.ts'
import { BreakerRow } from './breaker-row.tsx'
import { OtherPolicies } from './other-policies.tsx'

/** What the lists of policies need. */
export interface PolicyListsProps {
  readonly view: PolicyListView
  readonly filters: PolicyFilters
  readonly selected: { readonly service: string; readonly policy: string } | null
}

/** The breakers as objects, and the other policies as a table. */
export function PolicyLists({ view, filters, selected }: PolicyListsProps): ReactNode {
  const setQuery = useSetQuery()
  const { breakers, others, attention } = matchPolicies(view.policies, filters)
  const words = policyFilterWords(filters)
  const { rows, fresh, holders, release } = useHeldList(breakers, policyKey, words)
  if (view.policies.length === 0) return <Empty>No service has reported a policy in this range.</Empty>
  if (breakers.length + others.length === 0) {
    return <FilteredEmpty filters={words} onClear={() => setQuery(clearedPolicyFilters)} />
  }
  const history = `history ${formatMinute(view.range.from)} – ${formatMinute(view.range.to)}`
  const aside = (
    <span className="dim">{attention > 0 ? `${attention} not closed or held, ${history}` : history}</span>
  )
  return (
    <>
      {breakers.length === 0 ? null : (
        <Section title="Circuit breakers" aside={aside}>
          <FreshButton count={fresh} onShow={release} />
          <ul className="breakers" {...holders}>
            {rows.map((policy) => (
              <BreakerRow
                key={policyKey(policy)}
                policy={policy}
                isSelected={policy.service === selected?.service && policy.name === selected.policy}
              />
            ))}
          </ul>
        </Section>
      )}
      {others.length === 0 ? null : <OtherPolicies policies={others} />}
    </>
  )
}
