import type { LiveFigures, LiveTick, OverviewView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { QueryView } from '../../../shared/layout/query-view.tsx'
import { Section } from '../../../shared/layout/section.tsx'
import { lengthOf } from '../../../shared/range/range.ts'
import { useRange } from '../../../shared/range/use-range.ts'
import { LiveCharts } from '../../../shared/outcome/live-charts.tsx'
import { Link } from '../../../shared/router/link.tsx'
import { useOverview } from '../api/get-overview.ts'
import { BreakerBrief } from './breaker-brief.tsx'
import { FigureRow } from './figure-row.tsx'
import { GroupBrief } from './group-brief.tsx'
import { ServiceBrief } from './service-brief.tsx'
import { SituationBanner } from './situation-banner.tsx'

/** The first view: is anything broken, what, whom does it hurt, what is being done about it. */
export function OverviewPage(): ReactNode {
  const query = useOverview()
  return (
    <>
      <h1 className="visually-hidden">Overview</h1>
      <QueryView query={query} what="the overview">
        {(view) => <Overview view={view} answeredAt={query.dataUpdatedAt} />}
      </QueryView>
    </>
  )
}

interface OverviewProps {
  readonly view: OverviewView
  /** By this machine's own clock. */
  readonly answeredAt: number
}

function Overview({ view, answeredAt }: OverviewProps): ReactNode {
  const { series, range, marks } = view
  const spanMs = lengthOf(useRange())
  return (
    <div className="overview">
      <SituationBanner view={view} spanMs={spanMs} />
      <FigureRow view={view} />
      <div className="overview-main">
        <LiveCharts
          {...{ series, range, marks, answeredAt }}
          pick={pickTotal}
          syncKey="overview"
          heightPx={200}
          hasLatency={false}
        />
        <Section
          title="Most frequent errors"
          aside={<Link to={{ view: 'errors', group: null }}>All errors</Link>}
        >
          <GroupBrief groups={view.groups} spanMs={spanMs} />
        </Section>
      </div>
      <div className="overview-side">
        <Section title="Breakers that are not closed" aside={<Link to={allPolicies}>All policies</Link>}>
          <BreakerBrief policies={view.breakers} />
        </Section>
        <Section title="Services" aside={<Link to={{ view: 'services', service: null }}>All services</Link>}>
          <ServiceBrief services={view.services} />
        </Section>
      </div>
    </div>
  )
}

const allPolicies = { view: 'policies', service: null, policy: null } as const

function pickTotal(tick: LiveTick): LiveFigures {
  return tick.total
}
