import type {
  HubStatus,
  LiveTick,
  OverviewView,
  PolicyView,
  RangeView,
  SearchView,
  ServiceDetailView,
  ServiceListView,
  ServiceSummary,
} from 'breakwater/protocol'
import { operationOf } from './groups.ts'
import { marksOf } from './marks.ts'
import { everyService, latencyOf, seriesOf } from './series.ts'
import { addFigures, figuresAt, isBroken, serviceNames, totalsOf, type World } from './world.ts'
import type { GroupSummary } from 'breakwater/protocol'

/** What the hub says of itself. */
export function hubStatus(world: World, now: number, hasLab: boolean): HubStatus {
  return {
    version: '0.1.0',
    startedAt: world.startedAt - 5_400_000,
    now,
    reportsAccepted: 21_604 + Math.floor((now - world.startedAt) / 200),
    reportsDuplicate: 3,
    reportsRefused: 0,
    reportsWaiting: 1,
    storeBytes: 18_345_984,
    evictedExemplars: 412,
    hasLab,
  }
}

/** One line for each service. */
export function serviceSummaries(
  world: World,
  range: RangeView,
  names: readonly string[] = serviceNames,
): ServiceSummary[] {
  return names.map((service) => {
    const series = seriesOf(world, [service], range)
    const state = stateOf(world, service, range.to)
    return {
      service,
      state,
      reason: reasons[state],
      liveInstances: service.startsWith('rare') ? 1 : 2,
      instances: 2,
      lastSeenAt: range.to - 400,
      totals: totalsOf(series),
      latency: latencyOf(series),
    }
  })
}

const reasons = {
  ok: '0.2 % of 2,412 calls failed in the last minute.',
  degraded: 'Circuit payments is open; 34 % of calls are answered by fallback.',
  failing: '64 % of 1,080 calls failed in the last minute.',
  unknown: 'No report for two minutes.',
}

function stateOf(world: World, service: string, at: number): ServiceSummary['state'] {
  if (!isBroken(world, at)) return 'ok'
  if (service === 'payments' || service === 'storefront-unprotected') return 'failing'
  return service === 'storefront' ? 'degraded' : 'ok'
}

/** The list of services; `extra` adds that many more. */
export function serviceList(world: World, range: RangeView, extra: number): ServiceListView {
  const names = [
    ...serviceNames,
    ...Array.from({ length: extra }, (_unused, i) => `rare-${String(i).padStart(4, '0')}`),
  ]
  return {
    range,
    services: serviceSummaries(world, { ...range, stepMs: extra > 0 ? 60_000 : range.stepMs }, names),
  }
}

/** One service in detail. */
export function serviceDetail(
  world: World,
  range: RangeView,
  { service, policies }: { service: string; policies: readonly PolicyView[] },
): ServiceDetailView | undefined {
  const [summary] = serviceSummaries(
    world,
    range,
    serviceNames.filter((name) => name === service),
  )
  if (!summary) return undefined
  const { totals, latency } = summary
  return {
    ...summary,
    range,
    instanceList: [1, 2].map((n) => ({
      instance: `${service}-7c9f-${n}`,
      version: '2.4.1',
      environment: 'demo',
      host: 'host-3',
      pid: 4_700 + n,
      startedAt: world.startedAt - 5_000_000 * n,
      lastSeenAt: range.to - n * 300,
      state: n === 2 && service === 'payments' ? 'crashed' : 'live',
      lastSequence: 5_012,
      missingReports: n === 2 ? 1 : 0,
      dropped: { reports: 0, events: 0, faultGroups: 0, faultCounts: 0, operations: 0 },
      lifetime: totals,
    })),
    operations: [operationOf(service), `${service}.list`].map((operation) => ({
      operation,
      inFlight: 3,
      totals,
      latency,
    })),
    policies: policies.filter((policy) => policy.service === service),
    series: seriesOf(world, [service], range),
    marks: marksOf(world, range).filter((mark) => mark.service === service),
  }
}

/** The first view. */
export function overview(
  world: World,
  range: RangeView,
  parts: { policies: readonly PolicyView[]; groups: readonly GroupSummary[]; hub: HubStatus },
): OverviewView {
  const series = seriesOf(world, everyService, range)
  return {
    range,
    totals: totalsOf(series),
    latency: latencyOf(series),
    series,
    services: serviceSummaries(world, range),
    breakers: parts.policies.filter(
      ({ breaker }) => breaker && (breaker.facts.state !== 'closed' || breaker.override !== null),
    ),
    groups: [...parts.groups].sort((a, b) => b.count - a.count).slice(0, 8),
    marks: marksOf(world, range),
    hub: parts.hub,
  }
}

/** What a tick carries beside its figures. */
export interface TickParts {
  readonly hub: HubStatus
  readonly changedGroups?: readonly string[]
}

/** A message of the live stream. */
export function liveTick(world: World, at: number, { hub, changedGroups }: TickParts): LiveTick {
  const each = serviceNames.map((service) => [service, figuresAt(world, service, at - 1_000)] as const)
  const none = {
    calls: 0,
    successes: 0,
    failures: 0,
    rejections: 0,
    spared: 0,
    p50: null,
    p95: null,
    p99: null,
  }
  return {
    id: Math.floor(at / 1000),
    at,
    total: addFigures(each.map(([, figures]) => figures)) ?? none,
    services: Object.fromEntries(each.map(([service, figures]) => [service, figures ?? none])),
    marks: [],
    changedServices: serviceNames,
    changedPolicies: [],
    changedGroups: changedGroups ?? [],
    hub,
  }
}

/** What is found for a text. */
export function searchView(
  q: string,
  groups: readonly GroupSummary[],
  policies: readonly PolicyView[],
): SearchView {
  const hits: SearchView['hits'][number][] = [
    ...serviceNames.map((name) => ({ kind: 'service' as const, title: name, service: name, id: name })),
    ...serviceNames.map((name) => ({
      kind: 'operation' as const,
      title: operationOf(name),
      service: name,
      id: operationOf(name),
    })),
    ...policies.map(({ name, service }) => ({ kind: 'policy' as const, title: name, service, id: name })),
    ...groups.map(({ name, message, id }) => ({
      kind: 'group' as const,
      title: `${name}: ${message}`,
      service: null,
      id,
    })),
  ]
  return { hits: hits.filter(({ title }) => title.toLowerCase().includes(q.toLowerCase())).slice(0, 20) }
}
