import { expect, onTestFinished, test } from 'vitest'
import type { AuditView, ControlState, OverviewView, PolicyListView } from 'breakwater/protocol'
import { aBreaker, aReport } from './a-report.ts'
import { nextMessage, readStream, type StreamMessage } from './read-stream.ts'
import { aHub, type TestHub } from './test-hub.ts'

const order = { mode: 'forced-open', reason: 'stripe is down', by: 'ann' }

async function put(hub: TestHub, path: string, body: unknown): Promise<Response> {
  return await fetch(`${hub.url}/api/v1/overrides/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function listen(hub: TestHub, service: string): Promise<AsyncGenerator<StreamMessage, void>> {
  const controller = new AbortController()
  onTestFinished(() => controller.abort())
  const response = await fetch(`${hub.url}/api/v1/control?service=${service}&instance=i`, {
    signal: controller.signal,
  })
  return readStream(response)
}

async function aHubWithBreaker(): Promise<TestHub> {
  const hub = await aHub()
  await hub.report(aReport({ to: hub.clock.now(), policies: [aBreaker({ since: hub.clock.now() - 5_000 })] }))
  return hub
}

test('GET /control sends the whole state at once and again at each change', async () => {
  const hub = await aHubWithBreaker()
  const stream = await listen(hub, 'payments')
  const first = await nextMessage(stream)

  const answer = await put(hub, 'payments/stripe', order)

  const override = { ...order, service: 'payments', policy: 'stripe', at: hub.clock.now() }
  expect(first).toMatchObject({ event: 'control', data: { revision: 0, overrides: [] } })
  expect([answer.status, await answer.json()]).toEqual([200, override])
  expect(await nextMessage(stream)).toMatchObject({
    event: 'control',
    data: { revision: 1, overrides: [override] },
  })
})

test('GET /control does not send one service the orders of another', async () => {
  const hub = await aHubWithBreaker()
  await put(hub, 'payments/stripe', order)

  const { data } = await nextMessage(await listen(hub, 'inventory'))

  expect(data).toEqual({ revision: 0, overrides: [] })
})

test('an override survives a restart of the hub, and automatic takes it away', async () => {
  const before = await aHubWithBreaker()
  await put(before, 'payments/stripe', order)

  const after = await before.restart()
  const stream = await listen(after, 'payments')
  const kept = (await nextMessage(stream)).data as ControlState
  await put(after, 'payments/stripe', { mode: 'automatic', reason: 'back', by: 'bob' })
  const given = (await nextMessage(stream)).data

  expect(kept).toMatchObject({ revision: 1, overrides: [order] })
  expect(given).toEqual({ revision: 2, overrides: [] })
})

test('PUT /overrides writes who, when, why, before and after into the audit, newest first', async () => {
  const hub = await aHubWithBreaker()
  await put(hub, 'payments/stripe', order)
  hub.clock.advance(5_000)
  await put(hub, 'payments/stripe', { mode: 'forced-closed', reason: 'test', by: 'bob' })

  const { entries } = await hub.get<AuditView>('/api/v1/audit')

  expect(entries).toEqual([
    {
      ...{ id: 2, at: hub.clock.now(), action: 'override', by: 'bob', reason: 'test' },
      ...{ service: 'payments', policy: 'stripe', before: 'forced-open', after: 'forced-closed' },
    },
    {
      ...{ id: 1, at: hub.clock.now() - 5_000, action: 'override', by: 'ann', reason: 'stripe is down' },
      ...{ service: 'payments', policy: 'stripe', before: 'automatic', after: 'forced-open' },
    },
  ])
})

test('GET /audit gives no more than the limit', async () => {
  const hub = await aHubWithBreaker()
  await put(hub, 'payments/stripe', order)
  await put(hub, 'payments/stripe', order)

  expect((await hub.get<AuditView>('/api/v1/audit?limit=1')).entries).toHaveLength(1)
})

test('PUT /overrides answers 404 for a breaker that nobody reported', async () => {
  const hub = await aHubWithBreaker()

  const answer = await put(hub, 'payments/paypal', order)

  expect([answer.status, await answer.json()]).toEqual([404, expect.objectContaining({ code: 'NOT_FOUND' })])
  expect((await hub.get<AuditView>('/api/v1/audit')).entries).toEqual([])
})

test.each([
  ['mode', { ...order, mode: 'open' }],
  ['reason', { ...order, reason: '' }],
  ['reason', { ...order, reason: 'x'.repeat(501) }],
  ['by', { ...order, by: ' ' }],
  ['by', { ...order, by: undefined }],
])('PUT /overrides names the field %s when it is wrong', async (field, body) => {
  const hub = await aHubWithBreaker()

  const answer = await put(hub, 'payments/stripe', body)

  expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ field })])
})

test('a policy view shows what was ordered and, from the next report on, what the service obeys', async () => {
  const hub = await aHubWithBreaker()
  await put(hub, 'payments/stripe', order)
  const ordered = await hub.get<PolicyListView>('/api/v1/policies')
  hub.clock.advance(1_000)
  const now = hub.clock.now()
  const obeyed = aBreaker({ since: now - 6_000, override: 'forced-open' })
  await hub.report(aReport({ to: now, sequence: 2, policies: [obeyed] }))

  const { policies } = await hub.get<PolicyListView>('/api/v1/policies?service=payments&kind=circuit-breaker')

  expect(ordered.policies[0]?.breaker).toMatchObject({ appliedOverride: 'automatic', override: order })
  expect(policies[0]?.breaker).toMatchObject({ appliedOverride: 'forced-open', override: order })
  expect(policies[0]?.breaker?.strip.map(({ state }) => state)).toEqual(['unknown', 'closed', 'forced-open'])
  expect((await hub.get<OverviewView>('/api/v1/overview')).breakers.map(({ name }) => name)).toEqual([
    'stripe',
  ])
})
