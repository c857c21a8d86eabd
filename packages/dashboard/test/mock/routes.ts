import type {
  AuditEntry,
  LabFaultOrder,
  OverviewView,
  Override,
  OverrideMode,
  ServiceListView,
  ServiceSummary,
} from 'breakwater/protocol'
import { groupDetail, groupsAt } from './groups.ts'
import type { MockLab } from './lab.ts'
import { policiesAt } from './policies.ts'
import { rangeOf } from './series.ts'
import { hubStatus, overview, searchView, serviceDetail, serviceList } from './views.ts'
import type { World } from './world.ts'

/** What a mock hub remembers. */
export interface MockStore {
  readonly world: World
  readonly overrides: Map<string, Override>
  readonly audit: AuditEntry[]
  readonly lab: MockLab
  hasLab: boolean
  isEmpty: boolean
  /** So many rare groups and services more, for long lists. */
  extra: number
}

/** A request as the routes see it. */
export interface MockRequest {
  readonly method: string
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly body: unknown
  readonly now: number
}

/** An answer; undefined is a 404. */
export type MockAnswer = { readonly status: number; readonly body?: unknown } | undefined

/** Answers a request under `/api/v1`. */
export function answer(store: MockStore, request: MockRequest): MockAnswer {
  const [first = ''] = request.path
  if (first === 'lab') return store.hasLab ? answerLab(store, request) : undefined
  if (first === 'overrides' && request.method === 'PUT') return override(store, request)
  if (first === 'session') return { status: 204 }
  const body = view(store, request)
  return body === undefined ? undefined : { status: 200, body }
}

function view(store: MockStore, request: MockRequest): unknown {
  const { path, query, now } = request
  const { world } = store
  const range = rangeOf(query, now)
  const hub = hubStatus(world, now, store.hasLab)
  const policies = store.isEmpty ? [] : policiesAt(world, store.overrides, range)
  const groups = store.isEmpty ? [] : groupsAt(world, range, store.extra)
  const [first = '', second] = path
  const views: Readonly<Record<string, () => unknown>> = {
    hub: () => hub,
    overview: () => emptied(store, overview(world, range, { policies, groups, hub })),
    services: () =>
      second
        ? serviceDetail(world, range, { service: second, policies })
        : emptied(store, serviceList(world, range, store.extra)),
    policies: () => ({ range, policies }),
    audit: () => ({ entries: store.audit }),
    groups: () => groupsView({ groups, range, query, world, id: second }),
    search: () => searchView(query.get('q') ?? '', groups, policies),
  }
  return views[first]?.()
}

function emptied<T extends OverviewView | ServiceListView>({ isEmpty }: MockStore, body: T): T {
  if (!isEmpty) return body
  const services: readonly ServiceSummary[] = []
  if (!('series' in body)) return { ...body, services }
  const gaps = Object.entries(body.series).filter(([name]) => name !== 'at')
  const series = {
    ...body.series,
    ...Object.fromEntries(gaps.map(([name]) => [name, body.series.at.map(() => null)])),
  }
  const totals = Object.fromEntries(Object.keys(body.totals).map((name) => [name, 0]))
  const latency = { p50: null, p95: null, p99: null, maxMs: null }
  return { ...body, services, breakers: [], groups: [], marks: [], totals, latency, series }
}

interface GroupsRequest {
  readonly groups: ReturnType<typeof groupsAt>
  readonly range: ReturnType<typeof rangeOf>
  readonly query: URLSearchParams
  readonly world: World
  readonly id: string | undefined
}

function groupsView({ groups, range, query, world, id }: GroupsRequest): unknown {
  if (id !== undefined) {
    const group = groups.find((each) => each.id === id)
    return group && groupDetail(world, range, group)
  }
  const matching = groups
    .filter((group) => group.message.includes(query.get('q') ?? ''))
    .filter(({ severity }) => severity === (query.get('severity') ?? severity))
    .filter(({ services }) => services.includes(query.get('service') ?? services[0] ?? ''))
    .sort((a, b) => b.count - a.count)
  const start = Number(query.get('cursor') ?? 0)
  const end = start + Number(query.get('limit') ?? 50)
  return {
    range,
    total: matching.length,
    groups: matching.slice(start, end),
    nextCursor: end < matching.length ? String(end) : null,
  }
}

function override({ overrides, audit }: MockStore, { path, body, now }: MockRequest): MockAnswer {
  const [, service = '', policy = ''] = path
  const { mode, reason, by } = body as { mode: OverrideMode; reason: string; by: string }
  const key = `${service}/${policy}`
  const before = overrides.get(key)?.mode ?? 'automatic'
  const order: Override = { service, policy, mode, reason, by, at: now }
  if (mode === 'automatic') overrides.delete(key)
  else overrides.set(key, order)
  audit.unshift({
    id: audit.length + 1,
    at: now,
    action: 'override',
    by,
    reason,
    service,
    policy,
    before,
    after: mode,
  })
  return { status: 200, body: order }
}

function answerLab({ lab }: MockStore, { method, path, body, now }: MockRequest): MockAnswer {
  const [, what, id] = path
  if (what === 'faults' && method === 'POST')
    return { status: 201, body: lab.start(body as LabFaultOrder, now) }
  if (what === 'faults') lab.stop(id ?? null)
  if (what === 'tour') lab.tour(method === 'POST')
  return what === undefined ? { status: 200, body: lab.view(now) } : { status: 204 }
}
