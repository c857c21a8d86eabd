import { expect, test } from 'vitest'
import type { GroupDetailView, HubStatus, Report, ServiceDetailView } from 'breakwater/protocol'
import { aBreaker, aFault, anOperation, aReport } from './a-report.ts'
import { aHub, type TestHub, patience } from './test-hub.ts'

const dayMs = 86_400_000
const fingerprint = 'ab'.repeat(8)

const full = (to: number, parts: Partial<Report> = {}): Report =>
  aReport({
    to,
    operations: [anOperation({ successes: 1 })],
    faults: [aFault({ lastAt: to })],
    policies: [aBreaker({ since: to })],
    events: [{ type: 'CircuitOpened', at: to, message: 'opened', policy: 'stripe' }],
    ...parts,
  })

/** Lets time pass without a second of it being lived through, and retention run after it. */
function sleep(hub: TestHub, ms: number): void {
  hub.clock.jump(ms)
  hub.clock.advance(60_000)
}

async function metric(hub: TestHub, name: string): Promise<number> {
  const text = await (await fetch(`${hub.url}/metrics`)).text()
  return Number(new RegExp(`^breakwater_hub_${name} (\\d+)$`, 'm').exec(text)?.[1])
}

test('facts older than the retention are deleted, and how many is counted', async () => {
  const hub = await aHub({ retentionDays: 2 })
  await hub.report(full(hub.clock.now()))

  sleep(hub, 2 * dayMs + 7_200_000)

  await expect
    .poll(async () => (await fetch(`${hub.url}/api/v1/services/payments`)).status, patience)
    .toBe(404)
  await expect
    .poll(async () => (await fetch(`${hub.url}/api/v1/groups/${fingerprint}`)).status, patience)
    .toBe(404)
  expect(await metric(hub, 'evicted_instances_total')).toBe(1)
  expect(await metric(hub, 'evicted_rows_total')).toBeGreaterThan(5)
  expect(await metric(hub, 'evicted_exemplars_total')).toBe(1)
})

test('facts within the retention stay, only rollups of 5 seconds go after 6 hours', async () => {
  const hub = await aHub({ retentionDays: 2 })
  const at = hub.clock.now()
  await hub.report(full(at))

  sleep(hub, dayMs)

  await expect.poll(() => metric(hub, 'evicted_rows_total'), patience).toBe(2)
  const range = `from=${at - 60_000}&to=${at + 60_000}`
  const detail = await hub.get<ServiceDetailView>(`/api/v1/services/payments?${range}`)
  expect(detail).toMatchObject({ totals: { calls: 1 }, range: { stepMs: 60_000 } })
  expect((await hub.get<GroupDetailView>(`/api/v1/groups/${fingerprint}?${range}`)).count).toBe(1)
})

test('a service that was deleted and comes back is counted from anew', async () => {
  const hub = await aHub({ retentionDays: 1 })
  await hub.report(full(hub.clock.now()))
  sleep(hub, 3 * dayMs)
  await expect
    .poll(async () => (await fetch(`${hub.url}/api/v1/services/payments`)).status, patience)
    .toBe(404)

  await hub.report(full(hub.clock.now()))

  expect(await hub.get(`/api/v1/services/payments`)).toMatchObject({
    totals: { calls: 1 },
    operations: [{ operation: 'charge' }],
    policies: [{ name: 'stripe' }],
  })
})

test('a group keeps its first exemplar and its exact count when others are evicted', async () => {
  const hub = await aHub({ limits: { exemplarsPerGroup: 4 } })
  const start = hub.clock.now() - 60_000
  const reports = Array.from({ length: 30 }, (_, index) =>
    full(start + index * 1_000, { sequence: index + 1 }),
  )

  for (const report of reports) await hub.report(report)

  const group = await hub.get<GroupDetailView>(`/api/v1/groups/${fingerprint}`)
  expect(group.countEver).toBe(30)
  expect(group.exemplars.length).toBeGreaterThanOrEqual(4)
  expect(group.exemplars.length).toBeLessThanOrEqual(5)
  expect(group.exemplars.at(-1)?.id).toBe(`e-${start}`)
  expect(group.withoutExemplar).toBe(30 - group.exemplars.length)
  expect((await hub.get<HubStatus>('/api/v1/hub')).evictedExemplars).toBe(30 - group.exemplars.length)
})

test('the store stays below its size: exemplars go first, exact counts stay', async () => {
  const hub = await aHub({ maxStoreMb: 16, limits: { exemplarsPerGroup: 1_000_000 } })
  const noise = 'at step (/app/src/module.ts:1:7)\n'.repeat(480)
  const faults = Array.from({ length: 50 }, (_, index) =>
    aFault({
      lastAt: hub.clock.now(),
      fingerprint: index.toString(16).padStart(16, '0'),
      exemplars: [{ id: 'x', at: hub.clock.now(), error: { name: 'E', message: '', stack: noise } }],
    }),
  )
  for (let sequence = 1; sequence <= 30; sequence++) {
    await hub.report(aReport({ to: hub.clock.now(), sequence, faults }))
  }
  const before = await metric(hub, 'store_bytes')

  hub.clock.advance(60_000)

  await expect.poll(() => metric(hub, 'store_bytes'), { timeout: 8_000 }).toBeLessThan(16 * 1_048_576)
  expect(before).toBeGreaterThan(20 * 1_048_576)
  expect(await metric(hub, 'evicted_exemplars_total')).toBeGreaterThan(0)
  expect(await hub.get('/api/v1/groups/0000000000000001')).toMatchObject({ countEver: 30, count: 30 })
})

test('operations beyond the limit of a service are counted under (other), and that is counted', async () => {
  const hub = await aHub({ limits: { operationsPerService: 2 } })
  const operations = ['a', 'b', 'c', 'd'].map((operation) => anOperation({ operation, successes: 1 }))

  await hub.report(aReport({ to: hub.clock.now(), operations }))

  const detail = await hub.get<ServiceDetailView>('/api/v1/services/payments')
  expect(detail.totals.calls).toBe(4)
  expect(detail.operations.map(({ operation, totals }) => [operation, totals.calls])).toEqual([
    ['(other)', 2],
    ['a', 1],
    ['b', 1],
  ])
  expect(await metric(hub, 'facts_folded_total')).toBe(2)
})

test('faults of groups beyond the limit are counted in the overflow group', async () => {
  const hub = await aHub({ limits: { groups: 1 } })
  const lastAt = hub.clock.now()
  const faults = ['1', '2', '3'].map((digit) => aFault({ lastAt, fingerprint: digit.repeat(16), count: 2 }))

  await hub.report(aReport({ to: lastAt, faults }))

  expect(await hub.get(`/api/v1/groups/${'0'.repeat(16)}`)).toMatchObject({ name: 'Overflow', countEver: 4 })
})
