import type { GroupDetailView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { TimeChart } from '../../../shared/chart/time-chart.tsx'
import { Age } from '../../../shared/format/age.tsx'
import { formatCount } from '../../../shared/format/format-number.ts'
import { formatDuration } from '../../../shared/format/format-time.ts'
import { Panel } from '../../../shared/layout/panel.tsx'
import { QueryView } from '../../../shared/layout/query-view.tsx'
import { useZoom } from '../../../shared/range/use-range.ts'
import { useGroup } from '../api/get-group.ts'
import { CountTables } from './count-tables.tsx'
import { ExemplarBrowser } from './exemplar-browser.tsx'

/** What the detail of a group needs. */
export interface GroupPanelProps {
  readonly id: string
  readonly onClose: () => void
}

/** A group: what it is, how often, where, and examples of it. */
export function GroupPanel({ id, onClose }: GroupPanelProps): ReactNode {
  const query = useGroup(id)
  const title = query.data ? `${query.data.name}: ${query.data.message}` : `Group ${id}`
  return (
    <Panel kind="Error group" title={title} onClose={onClose}>
      <QueryView query={query} what="this group">
        {(view) => <GroupDetail view={view} />}
      </QueryView>
    </Panel>
  )
}

function GroupDetail({ view }: { readonly view: GroupDetailView }): ReactNode {
  return (
    <>
      <Facts view={view} />
      <CountChart view={view} />
      <CountTables view={view} />
      <ExemplarBrowser exemplars={view.exemplars} withoutExemplar={view.withoutExemplar} />
      <p className="prose dim">
        Grouped by <code>{view.groupedBy}</code>; fingerprint <code>{view.id}</code>.
      </p>
    </>
  )
}

function Facts({ view }: { readonly view: GroupDetailView }): ReactNode {
  const facts: [string, ReactNode][] = [
    ['In this range', formatCount(view.count)],
    ['Ever', formatCount(view.countEver)],
    ['First seen', <Age key="first" at={view.firstSeenAt} />],
    ['Last seen', <Age key="last" at={view.lastSeenAt} />],
    ['Severity', view.severity],
    ['Category', view.category],
    ['Retry', retryWords[view.retryability]],
    ['Where', view.culprit === '' ? 'unknown' : <code key="where">{view.culprit}</code>],
  ]
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const retryWords = {
  retryable: 'may help',
  'not-retryable': 'does not help',
  'after-action': 'only after something is done',
}

function CountChart({ view: { series, range } }: { readonly view: GroupDetailView }): ReactNode {
  const zoom = useZoom()
  const stepMs = (series.at[1] ?? range.to) - (series.at[0] ?? range.from)
  return (
    <TimeChart
      title="Occurrences"
      unit={`per ${formatDuration(stepMs)}`}
      style="stack"
      at={series.at}
      lines={[
        { key: 'count', label: 'occurrences', color: 'ink', fill: 'quiet-fill', values: series.counts },
      ]}
      span={range}
      heightPx={112}
      syncKey="group"
      formatValue={formatCount}
      onZoom={zoom}
    />
  )
}
