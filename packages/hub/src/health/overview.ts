import type { OverviewView, PolicyView } from 'breakwater/protocol'
import { OutcomeSeriesBuilder } from '../analyse/outcome-series.ts'
import { type Outcomes, OutcomeSum } from '../analyse/outcome-sum.ts'
import { rangeView } from '../analyse/range.ts'
import { readPolicyViews } from '../control/policy-views.ts'
import { readGroupList } from '../group/group-views.ts'
import type { Store } from '../store/store.ts'
import { readMarks, readServiceSummaries, type ServiceViewQuery } from './service-views.ts'

const maxGroups = 8

/** The first screen, without what the hub says of itself. */
export async function readOverview(
  store: Store,
  query: ServiceViewQuery,
): Promise<Omit<OverviewView, 'hub'>> {
  const { range } = query
  const policies = await readPolicyViews(store, { ...query, kind: 'circuit-breaker' })
  const total = new OutcomeSum()
  const series = new OutcomeSeriesBuilder(range)
  const outcomes = {
    add(at: number, rollup: Outcomes): void {
      total.add(rollup)
      series.add(at, rollup)
    },
  }
  const services = await readServiceSummaries(store, query, { policies, outcomes })
  const groups = await readGroupList(store, { ...query, sort: 'count', limit: maxGroups })
  return {
    range: rangeView(range),
    totals: total.totals(),
    latency: total.latency(),
    series: series.build(),
    services,
    breakers: policies.filter(isNotable).sort((a, b) => rankOf(a) - rankOf(b)),
    groups: groups.groups,
    marks: await readMarks(store, query),
  }
}

function isNotable({ breaker }: PolicyView): boolean {
  if (breaker === null) return false
  return (
    breaker.facts.state !== 'closed' || breaker.appliedOverride !== 'automatic' || breaker.override !== null
  )
}

const worstFirst = ['open', 'half-open', 'closed']

function rankOf({ breaker }: PolicyView): number {
  if (breaker === null) return worstFirst.length
  const isForcedOpen = breaker.appliedOverride === 'forced-open' || breaker.override?.mode === 'forced-open'
  return isForcedOpen ? -1 : worstFirst.indexOf(breaker.facts.state)
}
