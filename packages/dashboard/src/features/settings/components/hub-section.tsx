import type { HubStatus } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { formatBytes, formatCount } from '../../../shared/format/format-number.ts'
import { formatDuration } from '../../../shared/format/format-time.ts'
import { QueryView } from '../../../shared/layout/query-view.tsx'
import { Section } from '../../../shared/layout/section.tsx'
import { useHub } from '../api/get-hub.ts'

/** What the hub says of itself. */
export function HubSection(): ReactNode {
  const query = useHub()
  return (
    <Section title="Hub">
      <QueryView query={query} what="the hub's state">
        {(hub) => <HubFacts hub={hub} />}
      </QueryView>
    </Section>
  )
}

function HubFacts({ hub }: { readonly hub: HubStatus }): ReactNode {
  const facts: [string, string][] = [
    ['Version', hub.version],
    ['Up for', formatDuration(hub.now - hub.startedAt)],
    ['Reports accepted', formatCount(hub.reportsAccepted)],
    ['Reports sent again', formatCount(hub.reportsDuplicate)],
    ['Reports refused', formatCount(hub.reportsRefused)],
    ['Reports waiting', formatCount(hub.reportsWaiting)],
    ['Store', formatBytes(hub.storeBytes)],
    ['Examples evicted', formatCount(hub.evictedExemplars)],
    ['Demo fleet', hub.hasLab ? 'connected' : 'not connected'],
  ]
  return (
    <dl className="pairs">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
