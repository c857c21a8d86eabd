import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GroupDetailView, OverviewView, Report, ServiceDetailView } from 'breakwater/protocol'
import { hubLimitDefaults } from '../src/index.ts'
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts'
import { aFault, anOperation, aReport } from './a-report.ts'
import { aFolder, aHub } from './test-hub.ts'

const now = Date.UTC(2026, 5, 1, 12)

const reportOf = (instance: string, sequence: number): Report =>
  aReport({
    to: now - 100_000 + sequence * 1_000,
    sequence,
    identity: { service: 'payments', instance, startedAt: now - 200_000 },
    operations: [anOperation({ successes: sequence, failures: 1 })],
    faults: [aFault({ lastAt: now - 100_000 + sequence * 1_000, count: sequence })],
  })

/** What a reporter may do with its next report: send it, send it again and again, or lose it. */
const step = fc.record({
  instance: fc.constantFrom('a', 'b', 'c'),
  deliveries: fc.nat(3),
  isCrashAfter: fc.boolean(),
})

test('the store counts each report exactly once, whatever is repeated, lost, or between restarts', async () => {
  const rules = { limits: hubLimitDefaults, random: () => 0.5 }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const folder = aFolder()
      let store = openSqliteStore(folder, rules)
      const next = new Map([...'abc'].map((instance) => [instance, 1]))
      const expected = { calls: 0, faults: 0, missing: 0 }
      const last = new Map<string, number>()

      for (const { instance, deliveries, isCrashAfter } of steps) {
        const sequence = next.get(instance) ?? 1
        next.set(instance, sequence + 1)
        const received = { report: reportOf(instance, sequence), receivedAt: now }
        await store.append(Array.from({ length: deliveries }, () => received))
        if (deliveries > 0) {
          expected.calls += sequence + 1
          expected.faults += sequence
          expected.missing += sequence - (last.get(instance) ?? 0) - 1
          last.set(instance, sequence)
        }
        if (isCrashAfter) {
          await store.close()
          store = openSqliteStore(folder, rules)
        }
      }

      const hour = { from: now - 3_600_000, to: now + 3_600_000 }
      const [fine, minutes, hours] = await Promise.all(
        ([5_000, 60_000, 3_600_000] as const).map(async (stepMs) => {
          const rollups = [...(await store.outcomes.ofServices({ stepMs, ...hour }))]
          return rollups.reduce((sum, { calls }) => sum + calls, 0)
        }),
      )
      const instances = await store.instances.ofService('payments')
      const group = await store.groups.find('ab'.repeat(8))
      await store.close()
      expect({ fine, minutes, hours }).toEqual({
        fine: expected.calls,
        minutes: expected.calls,
        hours: expected.calls,
      })
      expect(instances.reduce((sum, { lifetime }) => sum + lifetime.calls, 0)).toBe(expected.calls)
      expect(instances.reduce((sum, { missingReports }) => sum + missingReports, 0)).toBe(expected.missing)
      expect(group?.countEver ?? 0).toBe(expected.faults)
    }),
    { numRuns: 40 },
  )
}, 60_000)

test('POST /reports answers a repeat as stored and counts it once, also when both arrive together', async () => {
  const { post, get, url } = await aHub()
  const report = reportOf('a', 1)

  const answers = await Promise.all([post(report), post(report), post(report)])

  const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { duplicate: boolean }[]
  expect(bodies.map(({ duplicate }) => duplicate).sort()).toEqual([false, true, true])
  expect((await get<ServiceDetailView>('/api/v1/services/payments')).totals.calls).toBe(2)
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('reports_duplicate_total 2\n')
})

test('POST /reports takes an older sequence for a repeat and counts a gap as missing', async () => {
  const { report, get } = await aHub()

  await report(reportOf('a', 2))
  await report(reportOf('a', 5))
  const late = await report(reportOf('a', 3))

  expect(late).toEqual({ sequence: 3, duplicate: true })
  expect(await get('/api/v1/services/payments')).toMatchObject({
    totals: { successes: 7, failures: 2 },
    instanceList: [{ instance: 'a', lastSequence: 5, missingReports: 3 }],
  })
})

test('POST /reports remembers sequences over a restart of the hub', async () => {
  const before = await aHub()
  await before.report(reportOf('a', 1))

  const after = await before.restart()

  expect(await after.report(reportOf('a', 1))).toEqual({ sequence: 1, duplicate: true })
  expect(await after.report(reportOf('a', 2))).toEqual({ sequence: 2, duplicate: false })
  expect((await after.get<OverviewView>('/api/v1/overview')).totals).toMatchObject({ calls: 5 })
  expect((await after.get<GroupDetailView>(`/api/v1/groups/${'ab'.repeat(8)}`)).countEver).toBe(3)
})

test('two instances of the same name in different services do not share a sequence', async () => {
  const { report } = await aHub()
  const other = { ...reportOf('a', 1), identity: { service: 'inventory', instance: 'a', startedAt: now } }

  await report(reportOf('a', 1))

  expect(await report(other)).toEqual({ sequence: 1, duplicate: false })
})
