import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Report, ServiceListView } from 'breakwater/protocol'
import { aFault, anOperation, aReport } from './a-report.ts'
import { aHub } from './test-hub.ts'

const to = Date.UTC(2026, 5, 1, 12)
const withOperation = (parts: object): object => ({
  ...aReport({ to }),
  operations: [{ ...anOperation(), ...parts }],
})
const withIdentity = (parts: object): object => ({
  ...aReport({ to }),
  identity: { ...aReport({ to }).identity, ...parts },
})
const withFault = (parts: object): object => ({
  ...aReport({ to }),
  faults: [{ ...aFault({ lastAt: to }), ...parts }],
})
const nested = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)
const causes = (depth: number): object =>
  depth === 0 ? { name: 'E', message: '' } : { name: 'E', message: '', cause: causes(depth - 1) }
const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item)

const wrongFields: readonly (readonly [what: string, body: unknown, field: string])[] = [
  ['an array', [], 'report'],
  ['null', 'null', 'report'],
  ['another version', { ...aReport({ to }), protocol: 2 }, 'protocol'],
  ['no identity', { ...aReport({ to }), identity: undefined }, 'identity'],
  ['an empty service', withIdentity({ service: '' }), 'identity.service'],
  ['a service of 201 characters', withIdentity({ service: 'x'.repeat(201) }), 'identity.service'],
  ['a service that is half a character', withIdentity({ service: '\ud800' }), 'identity.service'],
  ['a service with a line break', withIdentity({ service: 'a\nb' }), 'identity.service'],
  ['a service named __proto__', withIdentity({ service: '__proto__' }), 'identity.service'],
  ['an instance with a slash', withIdentity({ instance: '../x' }), 'identity.instance'],
  ['a pid of -1', withIdentity({ pid: -1 }), 'identity.pid'],
  ['a start that is a date', withIdentity({ startedAt: '2026-01-01' }), 'identity.startedAt'],
  ['sequence 0', aReport({ to, sequence: 0 }), 'sequence'],
  ['sequence 1.5', aReport({ to, sequence: 1.5 }), 'sequence'],
  [
    'a huge sequence',
    JSON.stringify(aReport({ to })).replace('"sequence":1', '"sequence":1e300'),
    'sequence',
  ],
  ['from after to', aReport({ to: to - 2_000, from: to - 1_000 }), 'from'],
  ['operations that are no array', { ...aReport({ to }), operations: {} }, 'operations'],
  ['1,001 operations', { ...aReport({ to }), operations: many(1_001, anOperation()) }, 'operations'],
  ['a negative counter', withOperation({ calls: -1 }), 'operations[0].calls'],
  ['a fractional counter', withOperation({ calls: 0.5 }), 'operations[0].calls'],
  ['a counter that is text', withOperation({ calls: '1' }), 'operations[0].calls'],
  ['a counter that is null, as JSON writes NaN', withOperation({ calls: NaN }), 'operations[0].calls'],
  ['a counter beyond reason', withOperation({ attempts: 2e12 }), 'operations[0].attempts'],
  ['calls that are not the sum', withOperation({ calls: 5, successes: 4 }), 'operations[0].calls'],
  [
    'more spared than successes',
    withOperation({ calls: 1, successes: 1, sparedByRetry: 2 }),
    'operations[0].successes',
  ],
  [
    'an odd number of bucket numbers',
    withOperation({ latency: { sumMs: 0, maxMs: 0, buckets: [1] } }),
    'operations[0].latency.buckets',
  ],
  [
    'buckets that descend',
    withOperation({ latency: { sumMs: 0, maxMs: 0, buckets: [5, 1, 4, 1] } }),
    'operations[0].latency.buckets',
  ],
  [
    'a bucket beyond the last',
    withOperation({ latency: { sumMs: 0, maxMs: 0, buckets: [896, 1] } }),
    'operations[0].latency.buckets',
  ],
  [
    'a sum that is infinite',
    JSON.stringify(withOperation({})).replace('"sumMs":0', '"sumMs":1e999'),
    'operations[0].latency.sumMs',
  ],
  [
    'a fingerprint that is markup',
    withFault({ fingerprint: '<img src=x onerror=alert(1)>' }),
    'faults[0].fingerprint',
  ],
  ['an unknown severity', withFault({ severity: 'mega' }), 'faults[0].severity'],
  ['a count that is not the sum', withFault({ count: 3 }), 'faults[0].count'],
  ['a message of 2,001 characters', withFault({ message: 'x'.repeat(2_001) }), 'faults[0].message'],
  [
    '6 exemplars',
    withFault({ exemplars: many(6, aFault({ lastAt: to }).exemplars[0]) }),
    'faults[0].exemplars',
  ],
  [
    'causes 9 deep',
    withFault({ exemplars: [{ id: 'x', at: to, error: causes(9) }] }),
    `faults[0].exemplars[0].error${'.cause'.repeat(9)}`,
  ],
  [
    '51 keys of context',
    withFault({
      exemplars: [
        {
          id: 'x',
          at: to,
          error: causes(0),
          context: Object.fromEntries(many(51, 0).map((_, key) => [`k${key}`, ''])),
        },
      ],
    }),
    'faults[0].exemplars[0].context',
  ],
  [
    'an unknown event',
    { ...aReport({ to }), events: [{ type: 'x', at: to, message: '' }] },
    'events[0].type',
  ],
  [
    'a key __proto__ in the report',
    JSON.stringify(aReport({ to })).replace('{', '{"__proto__":{"isAdmin":true},'),
    'report',
  ],
  [
    'a counter named __proto__',
    JSON.stringify({
      ...aReport({ to }),
      policies: [{ kind: 'retry', name: 'r', counters: { x: 1 }, gauges: {} }],
    }).replace('"x"', '"__proto__"'),
    'policies[0].counters',
  ],
  [
    'a breaker without its facts',
    { ...aReport({ to }), policies: [{ kind: 'circuit-breaker', name: 'b', counters: {}, gauges: {} }] },
    'policies[0].breaker',
  ],
]

test.each(wrongFields)(
  'POST /reports refuses %s, names the field, and stores nothing',
  async (_what, body, field) => {
    const { post, get } = await aHub()

    const response = await post(body)

    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toMatchObject({ status: 400, code: 'INVALID_FIELD', field })
    expect((await get<ServiceListView>('/api/v1/services')).services).toEqual([])
  },
)

const wrongBodies: readonly (readonly [
  string,
  string | Uint8Array,
  Record<string, string>,
  number,
  string,
])[] = [
  ['what is no JSON', '{"protocol":1', {}, 400, 'MALFORMED_BODY'],
  ['nothing', '', {}, 400, 'MALFORMED_BODY'],
  ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), {}, 400, 'MALFORMED_BODY'],
  ['25 levels', nested(25), {}, 400, 'BODY_TOO_DEEP'],
  ['100,000 levels', nested(100_000), {}, 400, 'BODY_TOO_DEEP'],
  ['more than a megabyte', ' '.repeat(1_048_577), {}, 413, 'BODY_TOO_LARGE'],
  [
    'a gzip bomb',
    gzipSync(Buffer.alloc(50_000_000, ' ')),
    { 'content-encoding': 'gzip' },
    413,
    'BODY_TOO_LARGE',
  ],
  ['gzip that is none', 'x', { 'content-encoding': 'gzip' }, 400, 'MALFORMED_BODY'],
  ['brotli', 'x', { 'content-encoding': 'br' }, 415, 'UNSUPPORTED_ENCODING'],
  ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_TYPE'],
  ['plain text', JSON.stringify(aReport({ to })), { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_TYPE'],
]

test.each(wrongBodies)(
  'POST /reports refuses %s and stores nothing',
  async (_what, body, headers, status, code) => {
    const { post, get } = await aHub()

    const response = await post(body, headers)

    expect([response.status, await response.json()]).toEqual([
      status,
      expect.objectContaining({ code, status }),
    ])
    expect((await get<ServiceListView>('/api/v1/services')).services).toEqual([])
  },
)

test('POST /reports counts what it refused, by problem', async () => {
  const { post, url } = await aHub()

  await post('{')
  await post(aReport({ to, sequence: 0 }))
  await post(' '.repeat(1_048_577))

  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics).toContain('breakwater_hub_reports_refused_total{problem="MALFORMED_BODY"} 1\n')
  expect(metrics).toContain('breakwater_hub_reports_refused_total{problem="INVALID_FIELD"} 1\n')
  expect(metrics).toContain('breakwater_hub_reports_refused_total{problem="BODY_TOO_LARGE"} 1\n')
})

test('POST /reports takes gzip', async () => {
  const { post } = await aHub()

  const response = await post(gzipSync(JSON.stringify(aReport({ to }))), { 'content-encoding': 'gzip' })

  expect(await response.json()).toEqual({ sequence: 1, duplicate: false })
})

test('POST /reports keeps markup as the text it is', async () => {
  const { report, get } = await aHub()
  const markup = '<img src=x onerror=alert(1)>\'"; DROP TABLE groups; --'
  const hostile: Report = aReport({
    to,
    identity: { service: markup, instance: 'i', startedAt: to, version: markup, host: markup },
    operations: [anOperation({ operation: markup, successes: 1 })],
    faults: [
      aFault({ lastAt: to, name: markup, message: markup, culprit: markup, operations: { [markup]: 1 } }),
    ],
  })

  await report(hostile)

  const group = await get(`/api/v1/groups/${'ab'.repeat(8)}`)
  expect(group).toMatchObject({ name: markup, message: markup, culprit: markup, services: [markup] })
  expect(await get(`/api/v1/services/${encodeURIComponent(markup)}`)).toMatchObject({
    service: markup,
    operations: [{ operation: markup, totals: { successes: 1 } }],
  })
})

test('POST /reports replaces half characters in texts, for a reporter may have cut a whole one', async () => {
  const { report, get } = await aHub()

  await report(aReport({ to, faults: [aFault({ lastAt: to, message: 'cut \ud83d' })] }))

  expect(await get(`/api/v1/groups/${'ab'.repeat(8)}`)).toMatchObject({ message: 'cut \ufffd' })
})

test('POST /reports moves times in the future to now', async () => {
  const { report, get, clock } = await aHub()

  await report(aReport({ to: clock.now() + 86_400_000, operations: [anOperation({ successes: 1 })] }))

  expect(await get('/api/v1/services/payments')).toMatchObject({
    totals: { calls: 1 },
    lastSeenAt: clock.now(),
  })
})
