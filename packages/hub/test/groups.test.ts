import { expect, test } from 'vitest'
import type { FaultFacts, GroupDetailView, GroupListView } from 'breakwater/protocol'
import { aFault, aReport } from './a-report.ts'
import { aHub, type TestHub } from './test-hub.ts'

const start = Date.UTC(2026, 5, 1, 12)
const minuteMs = 60_000
const print = (digit: string): string => digit.repeat(16)

/** Groups 1 to 5 with 10 to 50 occurrences, the most frequent the oldest. */
async function aHubWithGroups(): Promise<TestHub> {
  const hub = await aHub()
  const faults = [1, 2, 3, 4, 5].map((digit): FaultFacts => {
    const lastAt = start - digit * minuteMs
    return aFault({
      ...{ lastAt, count: digit * 10, fingerprint: print(String(digit)), name: `Error${digit}` },
      severity: digit > 3 ? 'critical' : 'low',
      category: digit === 1 ? 'business/rule' : 'technical/network',
    })
  })
  await hub.report(aReport({ to: start, faults }))
  return hub
}

const idsOf = ({ groups }: GroupListView): string[] => groups.map(({ id }) => id.slice(0, 1))

test.each([
  ['', '54321'],
  ['?sort=count', '54321'],
  ['?sort=last', '12345'],
  ['?sort=first', '12345'],
  ['?severity=critical', '54'],
  ['?category=technical', '5432'],
  ['?category=business/rule', '1'],
  ['?q=error3', '3'],
  ['?q=2222', '2'],
  ['?service=payments', '54321'],
  ['?service=other', ''],
])('GET /groups%s gives the groups that match, in order', async (query, expected) => {
  const { get } = await aHubWithGroups()

  const list = await get<GroupListView>(`/api/v1/groups${query}`)

  expect([idsOf(list).join(''), list.total, list.nextCursor]).toEqual([expected, expected.length, null])
})

test('GET /groups gives page after page without a gap, and the total each time', async () => {
  const { get } = await aHubWithGroups()

  const first = await get<GroupListView>('/api/v1/groups?limit=2')
  const second = await get<GroupListView>(`/api/v1/groups?limit=2&cursor=${first.nextCursor}`)
  const third = await get<GroupListView>(`/api/v1/groups?limit=2&cursor=${second.nextCursor}`)

  expect([first, second, third].map(idsOf)).toEqual([['5', '4'], ['3', '2'], ['1']])
  expect([first.total, second.total, third.total]).toEqual([5, 5, 5])
  expect(third.nextCursor).toBeNull()
})

test('GET /groups counts exactly and only within the range', async () => {
  const { get } = await aHubWithGroups()

  const range = `from=${start - 2 * minuteMs}&to=${start}`
  const list = await get<GroupListView>(`/api/v1/groups?${range}`)

  expect(list.groups.map(({ id, count, sparkline }) => [id.slice(0, 1), count, sparkline])).toEqual([
    ['2', 20, [20, 0]],
    ['1', 10, [0, 10]],
  ])
})

test('a group tells its counts by service, by operation and by minute', async () => {
  const { report, get } = await aHub()
  const fault = aFault({ lastAt: start - 1, count: 5, operations: { charge: 3, '': 2 } })
  await report(aReport({ to: start, faults: [fault] }))
  const other = { service: 'inventory', instance: 'i', startedAt: start }
  await report(aReport({ to: start, identity: other, faults: [aFault({ lastAt: start - 1 })] }))

  const detail = await get<GroupDetailView>(
    `/api/v1/groups/${'ab'.repeat(8)}?from=${start - minuteMs}&to=${start}`,
  )

  expect(detail).toMatchObject({
    ...{ count: 6, countEver: 6, services: ['inventory', 'payments'], groupedBy: 'type + message' },
    byService: [
      { service: 'payments', count: 5 },
      { service: 'inventory', count: 1 },
    ],
    byOperation: [
      { service: 'payments', operation: 'charge', count: 3 },
      { service: 'payments', operation: '', count: 2 },
      { service: 'inventory', operation: 'charge', count: 1 },
    ],
    series: { at: [start - minuteMs], counts: [6] },
    withoutExemplar: 4,
  })
  expect(detail.exemplars.map(({ service }) => service).sort()).toEqual(['inventory', 'payments'])
})

test('GET /groups/:id answers 404 for a group that never was', async () => {
  const { url } = await aHub()

  expect((await fetch(`${url}/api/v1/groups/ffffffffffffffff`)).status).toBe(404)
})
