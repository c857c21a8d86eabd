import { expect, test } from 'vitest'
import {
  type InstanceIdentity,
  latencyBucketOf,
  type OverviewView,
  type Report,
  type SearchView,
  type ServiceDetailView,
  type ServiceListView,
} from 'breakwater/protocol'
import { aBreaker, aFault, anOperation, aReport } from './a-report.ts'
import { aHub } from './test-hub.ts'

const start = Date.UTC(2026, 5, 1, 12)
const identity = (parts: Partial<InstanceIdentity> = {}): InstanceIdentity => ({
  ...{ service: 'payments', instance: 'payments-1', startedAt: start - 60_000 },
  ...parts,
})
const second = (sequence: number, parts: Partial<Report> = {}): Report =>
  aReport({ to: start - 60_000 + sequence * 1_000, sequence, ...parts })

test('a service view sums instances and puts each second into its step; a step without a report is null', async () => {
  const { report, get } = await aHub()
  const latency = { sumMs: 4, maxMs: 3, buckets: [latencyBucketOf(1), 1, latencyBucketOf(3), 1] }
  await report(second(1, { operations: [anOperation({ successes: 2, latency })] }))
  await report(
    second(2, { identity: identity({ instance: 'payments-2' }), operations: [anOperation({ failures: 1 })] }),
  )
  await report(second(11, { operations: [anOperation({ operation: 'refund', rejections: 3, inFlight: 4 })] }))

  const detail = await get<ServiceDetailView>(
    `/api/v1/services/payments?from=${start - 60_000}&to=${start - 45_000}`,
  )

  expect(detail.series.at).toEqual([start - 60_000, start - 55_000, start - 50_000])
  expect(detail.series.calls).toEqual([3, null, 3])
  expect(detail.series.rejections).toEqual([0, null, 3])
  expect(detail.series.p50).toEqual([expect.closeTo(1, 1), null, null])
  expect(detail.totals).toMatchObject({ calls: 6, successes: 2, failures: 1, rejections: 3 })
  expect(detail.operations).toMatchObject([
    { operation: 'charge', inFlight: 0, totals: { calls: 3 }, latency: { maxMs: 3 } },
    { operation: 'refund', inFlight: 0, totals: { calls: 3 }, latency: { p50: null, maxMs: null } },
  ])
})

test('a service view draws the series of one operation when it is asked for', async () => {
  const { report, get } = await aHub()
  const operations = [anOperation({ successes: 2 }), anOperation({ operation: 'refund', successes: 5 })]
  await report(second(1, { operations }))

  const range = `from=${start - 60_000}&to=${start - 55_000}`
  const detail = await get<ServiceDetailView>(`/api/v1/services/payments?${range}&operation=refund`)

  expect([detail.series.calls, detail.totals.calls]).toEqual([[5], 7])
})

test('an operation shows the calls that run now in live instances', async () => {
  const { report, get, clock } = await aHub()
  const of = (instance: string, inFlight: number): Report =>
    aReport({ to: start, identity: identity({ instance }), operations: [anOperation({ inFlight })] })
  await report(of('a', 3))
  await report(of('b', 4))

  const live = await get<ServiceDetailView>('/api/v1/services/payments')
  clock.advance(10_001)
  const silent = await get<ServiceDetailView>('/api/v1/services/payments')

  expect([live.operations[0]?.inFlight, silent.operations[0]?.inFlight]).toEqual([7, 0])
})

test('an instance is live, then silent after 10 s; stopped after its goodbye; crashed after a crash', async () => {
  const { report, get, clock } = await aHub()
  const crash = aFault({ lastAt: start })
  const exemplars = crash.exemplars.map((exemplar) => ({ ...exemplar, crash: true }))
  await report(aReport({ to: start, identity: identity({ instance: 'a' }) }))
  await report(aReport({ to: start, identity: identity({ instance: 'b' }), final: true }))
  await report(
    aReport({ to: start, identity: identity({ instance: 'c' }), faults: [{ ...crash, exemplars }] }),
  )
  const states = async (): Promise<unknown> =>
    (await get<ServiceDetailView>('/api/v1/services/payments')).instanceList
      .map(({ instance, state }) => `${instance} ${state}`)
      .sort()

  const before = await states()
  clock.advance(10_001)

  expect(before).toEqual(['a live', 'b stopped', 'c crashed'])
  expect(await states()).toEqual(['a silent', 'b stopped', 'c crashed'])
})

test('a report that waited on disk does not make an instance that is long dead look alive', async () => {
  const { report, get, clock } = await aHub()

  await report(aReport({ to: clock.now() - 600_000, operations: [anOperation({ successes: 1 })] }))

  expect(await get('/api/v1/services/payments')).toMatchObject({
    ...{ state: 'unknown', liveInstances: 0, lastSeenAt: clock.now() - 600_000, totals: { calls: 1 } },
    instanceList: [{ state: 'silent' }],
  })
})

test('the overview shows one environment when it is asked for', async () => {
  const { report, get } = await aHub()
  const of = (environment: string, successes: number, digit: string): Report =>
    aReport({
      to: start,
      identity: identity({ instance: environment, environment }),
      operations: [anOperation({ successes })],
      policies: [aBreaker({ since: start, state: environment === 'staging' ? 'open' : 'closed' })],
      faults: [aFault({ lastAt: start, fingerprint: digit.repeat(16) })],
    })
  await report(of('production', 3, 'a'))
  await report(of('staging', 4, 'b'))

  const all = await get<OverviewView>('/api/v1/overview')
  const production = await get<OverviewView>('/api/v1/overview?environment=production')

  expect([all.totals.calls, all.groups.length, all.breakers.length]).toEqual([7, 2, 1])
  expect([production.totals.calls, production.groups.length, production.breakers.length]).toEqual([3, 1, 0])
  expect(production.services).toMatchObject([{ service: 'payments', state: 'ok', liveInstances: 1 }])
})

test('a breaker’s strip shows what happened between two reports, by its events', async () => {
  const { report, get } = await aHub()
  await report(aReport({ to: start - 10_000, policies: [aBreaker({ since: start - 60_000 })] }))
  await report(
    aReport({
      ...{ to: start, sequence: 2, policies: [aBreaker({ since: start - 2_000 })] },
      events: [
        { type: 'CircuitOpened', at: start - 8_000, message: '', policy: 'stripe' },
        { type: 'CircuitHalfOpened', at: start - 3_000, message: '', policy: 'stripe' },
        { type: 'CircuitClosed', at: start - 2_000, message: '', policy: 'stripe' },
      ],
    }),
  )

  const { policies } = await get<ServiceDetailView>(`/api/v1/services/payments?from=${start - 10_000}`)

  expect(policies[0]?.breaker?.strip).toEqual([
    { from: start - 10_000, to: start - 8_000, state: 'closed' },
    { from: start - 8_000, to: start - 3_000, state: 'open' },
    { from: start - 3_000, to: start - 2_000, state: 'half-open' },
    { from: start - 2_000, to: start, state: 'closed' },
  ])
})

test('policy counters are summed over instances, and gauges over live ones', async () => {
  const { report, get } = await aHub()
  const of = (instance: string): Report =>
    aReport({
      ...{ to: start, identity: identity({ instance }) },
      policies: [{ kind: 'bulkhead', name: 'db', counters: { rejected: 2 }, gauges: { active: 3 } }],
    })
  await report(of('a'))
  await report(of('b'))
  await report({ ...of('c'), final: true })

  expect(await get('/api/v1/policies?kind=bulkhead')).toMatchObject({
    policies: [
      {
        name: 'db',
        counters: { rejected: 6 },
        gauges: { active: 6 },
        instances: { length: 2 },
        breaker: null,
      },
    ],
  })
})

test('GET /services lists every service that ever reported, also those that are silent', async () => {
  const { report, get, clock } = await aHub()
  await report(aReport({ to: start, identity: identity({ service: 'b' }) }))
  clock.advance(3_600_000)
  await report(aReport({ to: clock.now(), identity: identity({ service: 'a' }) }))

  const { services } = await get<ServiceListView>('/api/v1/services')

  expect(services.map(({ service, state }) => [service, state])).toEqual([
    ['a', 'ok'],
    ['b', 'unknown'],
  ])
})

test('GET /search finds services, operations, policies and groups, the exact name first', async () => {
  const { report, get } = await aHub()
  await report(
    aReport({
      to: start,
      identity: identity({ service: 'charge' }),
      operations: [anOperation({ operation: 'charge.card' })],
      policies: [{ kind: 'retry', name: 'recharge', counters: {}, gauges: {} }],
      faults: [aFault({ lastAt: start, message: 'cannot charge', operations: { 'charge.card': 1 } })],
    }),
  )

  const { hits } = await get<SearchView>('/api/v1/search?q=CHARGE')

  expect(hits.map(({ kind, id }) => [kind, id])).toEqual([
    ['service', 'charge'],
    ['operation', 'charge.card'],
    ['policy', 'recharge'],
    ['group', 'ab'.repeat(8)],
  ])
})

test('GET /search finds the groups of a trace id', async () => {
  const { report, get } = await aHub()
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const exemplar = { id: 'e', at: start, error: { name: 'E', message: '' }, traceId }
  await report(aReport({ to: start, faults: [aFault({ lastAt: start, exemplars: [exemplar] })] }))

  expect(await get(`/api/v1/search?q=${traceId.toUpperCase()}`)).toMatchObject({
    hits: [{ kind: 'trace', id: 'ab'.repeat(8) }],
  })
})

test('GET /search takes wildcards of the database for the characters that they are', async () => {
  const { report, get } = await aHub()
  await report(aReport({ to: start }))

  expect(await get('/api/v1/search?q=%25')).toEqual({ hits: [] })
})

test.each([
  ['/api/v1/overview?from=yesterday', 'from'],
  ['/api/v1/overview?from=5&to=4', 'from'],
  ['/api/v1/overview?from=0', 'from'],
  ['/api/v1/groups?sort=size', 'sort'],
  ['/api/v1/groups?severity=mega', 'severity'],
  ['/api/v1/groups?limit=-1', 'limit'],
  ['/api/v1/groups?cursor=x', 'cursor'],
  ['/api/v1/policies?kind=Magic', 'kind'],
  ['/api/v1/groups?q=a&q=b', 'q'],
])('GET %s names the parameter that is wrong', async (path, field) => {
  const { url } = await aHub()

  const answer = await fetch(`${url}${path}`)

  expect([answer.status, await answer.json()]).toEqual([
    400,
    expect.objectContaining({ code: 'INVALID_FIELD', field }),
  ])
})
