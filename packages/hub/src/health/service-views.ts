import type {
  MarkView,
  OperationView,
  OutcomeTotals,
  PolicyView,
  ServiceDetailView,
  ServiceSummary,
} from 'breakwater/protocol'
import { OutcomeSeriesBuilder } from '../analyse/outcome-series.ts'
import { OutcomeSum } from '../analyse/outcome-sum.ts'
import { rangeView, type ResolvedRange } from '../analyse/range.ts'
import { readPolicyViews } from '../control/policy-views.ts'
import type { InstanceRecord } from '../store/instance-store.ts'
import type { Store } from '../store/store.ts'
import { instanceView, isLive, silentAfterMs } from './instance-life.ts'
import { judgeService } from './service-health.ts'

/** Which services are to be shown. */
export interface ServiceViewQuery {
  readonly range: ResolvedRange
  readonly now: number
  readonly environment?: string
}

const minuteMs = 60_000
const maxMarks = 500

/** One line for each service that matches, by name. `outcomes` gets every rollup that is read. */
export async function readServiceSummaries(
  store: Store,
  query: ServiceViewQuery,
  parts: { readonly policies: readonly PolicyView[]; readonly outcomes?: OutcomeSumByTime },
): Promise<ServiceSummary[]> {
  const { range, now } = query
  const environment = query.environment === undefined ? {} : { environment: query.environment }
  const since = Math.min(range.from, now - silentAfterMs)
  const instances = Map.groupBy(
    await store.instances.recent({ since, ...environment }),
    ({ service }) => service,
  )
  const sums = new Map<string, OutcomeSum>()
  const rollups = await store.outcomes.ofServices({ ...range, stepMs: range.rollupStepMs, ...environment })
  for (const rollup of rollups) {
    sumOf(sums, rollup.service).add(rollup)
    parts.outcomes?.add(rollup.at, rollup)
  }
  const minutes = await readLastMinute(store, now, environment)
  const breakers = Map.groupBy(parts.policies, ({ service }) => service)
  return [...instances].map(([service, ofService]) => {
    const lastMinute = sumOf(minutes, service).totals()
    const evidence = { now, instances: ofService, lastMinute, breakers: breakers.get(service) ?? [] }
    return {
      service,
      ...judgeService(evidence),
      ...lineOf(ofService, query),
      ...figuresOf(sumOf(sums, service)),
    }
  })
}

/** Something that takes each rollup with its time. */
export type OutcomeSumByTime = Pick<OutcomeSeriesBuilder, 'add'>

/** Everything of one service; undefined when it never reported. */
export async function readServiceDetail(
  store: Store,
  query: Omit<ServiceViewQuery, 'environment'> & { readonly service: string; readonly operation?: string },
): Promise<ServiceDetailView | undefined> {
  const { range, now, service, operation } = query
  const instances = await store.instances.ofService(service)
  if (instances.length === 0) return undefined
  const policies = await readPolicyViews(store, { range, now, service })
  const total = new OutcomeSum()
  const series = new OutcomeSeriesBuilder(range)
  const steps = { ...range, stepMs: range.rollupStepMs, service }
  for (const rollup of await store.outcomes.ofServices(steps)) {
    total.add(rollup)
    if (operation === undefined) series.add(rollup.at, rollup)
  }
  const operations = new Map<string, OutcomeSum>()
  for (const rollup of await store.outcomes.ofOperations(steps)) {
    sumOf(operations, rollup.operation).add(rollup)
    if (operation === rollup.operation) series.add(rollup.at, rollup)
  }
  const lastMinute = sumOf(await readLastMinute(store, now, { service }), service).totals()
  return {
    range: rangeView(range),
    service,
    ...judgeService({ now, instances, lastMinute, breakers: policies }),
    ...lineOf(instances, query),
    ...figuresOf(total),
    instanceList: instances.map((instance) => instanceView(instance, now)),
    operations: operationViews(
      operations,
      instances.filter((instance) => isLive(instance, now)),
    ),
    policies,
    series: series.build(),
    marks: await readMarks(store, { ...query, service }),
  }
}

/** The newest events of a range. */
export async function readMarks(
  store: Store,
  query: { readonly range: ResolvedRange; readonly service?: string; readonly environment?: string },
): Promise<readonly MarkView[]> {
  const { range, service, environment } = query
  const filter = {
    ...(service === undefined ? {} : { service }),
    ...(environment === undefined ? {} : { environment }),
  }
  return await store.events.marks({ from: range.from, to: range.to, limit: maxMarks, ...filter })
}

async function readLastMinute(
  store: Store,
  now: number,
  filter: { readonly service?: string; readonly environment?: string },
): Promise<Map<string, OutcomeSum>> {
  const sums = new Map<string, OutcomeSum>()
  const query = { stepMs: 5_000 as const, from: now - minuteMs, to: now + 1, ...filter }
  for (const rollup of await store.outcomes.ofServices(query)) sumOf(sums, rollup.service).add(rollup)
  return sums
}

function lineOf(
  instances: readonly InstanceRecord[],
  { range, now }: ServiceViewQuery,
): Pick<ServiceSummary, 'liveInstances' | 'instances' | 'lastSeenAt'> {
  return {
    liveInstances: instances.filter((instance) => isLive(instance, now)).length,
    instances: instances.filter((instance) => instance.lastSeenAt >= range.from).length,
    lastSeenAt: Math.max(...instances.map(({ lastSeenAt }) => lastSeenAt)),
  }
}

function operationViews(
  sums: ReadonlyMap<string, OutcomeSum>,
  live: readonly InstanceRecord[],
): OperationView[] {
  const inFlight = (operation: string): number =>
    live.reduce((sum, instance) => sum + (instance.inFlight[operation] ?? 0), 0)
  return [...sums]
    .map(([operation, sum]) => ({ operation, inFlight: inFlight(operation), ...figuresOf(sum) }))
    .sort((a, b) => b.totals.calls - a.totals.calls || (a.operation < b.operation ? -1 : 1))
}

function figuresOf(sum: OutcomeSum): { totals: OutcomeTotals; latency: ServiceSummary['latency'] } {
  return { totals: sum.totals(), latency: sum.latency() }
}

function sumOf(sums: Map<string, OutcomeSum>, name: string): OutcomeSum {
  const sum = sums.get(name) ?? new OutcomeSum()
  sums.set(name, sum)
  return sum
}
