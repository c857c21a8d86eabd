import { describe, expect, onTestFinished, test } from 'vitest'
import type { Report } from 'breakwater/protocol'
import { hubLimitDefaults } from '../src/index.ts'
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts'
import type { Store } from '../src/store/store.ts'
import { aBreaker, aFault, anOperation, aReport } from './a-report.ts'
import { aFolder } from './test-hub.ts'

const now = Date.UTC(2026, 5, 1, 12)
const rules = { limits: hubLimitDefaults, random: () => 0.5 }
const everything = { stepMs: 60_000 as const, from: now - 3_600_000, to: now + 3_600_000 }

const received = (parts: Partial<Report>): { report: Report; receivedAt: number } => ({
  report: aReport({
    to: now,
    operations: [anOperation({ successes: 1 })],
    faults: [aFault({ lastAt: now })],
    policies: [aBreaker({ since: now })],
    ...parts,
  }),
  receivedAt: now,
})

/** A report that no validation would let through and no store can write. */
const unwritable = received({ identity: { service: 'x', instance: 'y', startedAt: {} as unknown as number } })

/** Each store has to pass the same tests. */
const stores: readonly (readonly [string, () => Store])[] = [
  ['sqlite', () => openSqliteStore(aFolder(), rules)],
]

describe.each(stores)('the store on %s', (_name, open) => {
  function aStore(): Store {
    const store = open()
    onTestFinished(async () => await store.close())
    return store
  }

  async function totalCalls(store: Store): Promise<number> {
    const rollups = [...(await store.outcomes.ofServices(everything))]
    return rollups.reduce((sum, { calls }) => sum + calls, 0)
  }

  test('append() answers for each report in order', async () => {
    const store = aStore()

    const { outcomes } = await store.append([received({}), received({}), received({ sequence: 2 })])

    expect(outcomes).toEqual(['stored', 'duplicate', 'stored'])
    expect(await totalCalls(store)).toBe(2)
  })

  test('append() stores none of the reports when it throws, and goes on as if it had not been called', async () => {
    const store = aStore()
    const append = async (): Promise<unknown> => await store.append([received({}), unwritable])

    await expect(append()).rejects.toThrow()

    expect(await totalCalls(store)).toBe(0)
    expect(await store.instances.ofService('payments')).toEqual([])
    expect(await store.groups.find('ab'.repeat(8))).toBeUndefined()
    expect(await store.append([received({})])).toMatchObject({ outcomes: ['stored'] })
    expect(await totalCalls(store)).toBe(1)
    expect(await store.groups.find('ab'.repeat(8))).toMatchObject({ countEver: 1 })
  })

  test('append() keeps sums below what a number can hold exactly', async () => {
    const store = aStore()
    const huge = anOperation({ successes: Number.MAX_SAFE_INTEGER })

    await store.append([received({ operations: [huge] })])
    await store.append([received({ operations: [huge], sequence: 2 })])

    expect(await totalCalls(store)).toBe(Number.MAX_SAFE_INTEGER)
  })

  test('append() merges latencies of reports that come together and of those that come later', async () => {
    const store = aStore()
    const of = (sequence: number, buckets: number[]): ReturnType<typeof received> =>
      received({
        sequence,
        operations: [anOperation({ successes: 1, latency: { sumMs: 1, maxMs: sequence, buckets } })],
      })

    await store.append([of(1, [10, 1]), of(2, [5, 2, 10, 1])])
    await store.append([of(3, [11, 4])])

    const [rollup] = [...(await store.outcomes.ofServices(everything))]
    expect(rollup?.latency).toEqual({ sumMs: 3, maxMs: 3, buckets: [5, 2, 10, 2, 11, 4] })
  })

  test('append() without a change of a breaker writes no history', async () => {
    const store = aStore()
    await store.append([received({})])
    await store.append([received({ sequence: 2, policies: [aBreaker({ since: now + 1 })] })])

    const changes = await store.policies.breakerChanges({ from: now - 1, to: now + 10 })

    expect(changes).toMatchObject([{ at: now, state: 'closed' }])
  })

  test('overrides.put() raises the revision of its service only', async () => {
    const store = aStore()
    const override = {
      service: 'a',
      policy: 'p',
      mode: 'forced-open',
      reason: 'r',
      by: 'b',
      at: now,
    } as const

    await store.overrides.put(override)
    const second = await store.overrides.put({ ...override, mode: 'forced-closed' })

    expect(second).toEqual({ revision: 2, overrides: [{ ...override, mode: 'forced-closed' }] })
    expect(await store.overrides.ofService('b')).toEqual({ revision: 0, overrides: [] })
    expect(await store.overrides.all()).toHaveLength(1)
  })

  test('upkeep.evictOlder() deletes a batch at a time until it is done', async () => {
    const store = aStore()
    await store.append([received({})])
    const edges = { fine: now + 86_400_000, rest: now + 86_400_000 }

    let batches = 0
    while (!(await store.upkeep.evictOlder(edges)).isDone) batches++

    expect(batches).toBeGreaterThan(3)
    expect(await totalCalls(store)).toBe(0)
    expect(await store.policies.list({})).toEqual([])
  })

  test('upkeep.bytes() grows with what is stored', async () => {
    const store = aStore()
    const before = await store.upkeep.bytes()
    const faults = Array.from({ length: 100 }, (_, index) =>
      aFault({ lastAt: now, fingerprint: String(index).padStart(16, '0'), message: 'x'.repeat(2_000) }),
    )

    await store.append([received({ faults })])

    expect(await store.upkeep.bytes()).toBeGreaterThan(before + 200_000)
  })
})
