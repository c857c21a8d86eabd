import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { Bulkhead } from './bulkhead-api.ts'
import type { BulkheadOptions } from './bulkhead-options.ts'
import { bulkhead } from './bulkhead.ts'

function scene(options: BulkheadOptions): { clock: FakeClock; slots: Bulkhead } {
  const clock = new FakeClock()
  return { clock, slots: bulkhead({ clock, ...options }) }
}

/** Runs one call after the other, each for so long. */
async function serve({ slots, clock }: ReturnType<typeof scene>, calls: number, ms: number): Promise<void> {
  for (let i = 0; i < calls; i++) {
    void slots.run(() => clock.sleep(ms))
    await clock.advance(ms)
  }
}

/** Refuses so many calls while all slots are taken. */
async function refuse(slots: Bulkhead, calls: number): Promise<void> {
  for (let i = 0; i < calls; i++) await slots.run(() => 1).catch(() => undefined)
}

describe('bulkhead().diagnose() of what lies back', () => {
  it.each([
    [59_999, { admitted: 1, elapsedMs: 59_999 }],
    [60_000, { admitted: 1, elapsedMs: 60_000 }],
  ])('counts from the first call on for a minute: after %i ms %o', async (ms, expected) => {
    const bench = scene({ limit: 1 })
    await serve(bench, 1, 100)
    await bench.clock.advance(ms - 100)

    expect(bench.slots.diagnose()).toMatchObject(expected)
  })

  it.each([
    [119_999, { admitted: 2, elapsedMs: 119_999, meanHoldMs: 100 }],
    [120_000, { admitted: 1, elapsedMs: 60_000, meanHoldMs: undefined }],
  ])('covers one to two minutes: after %i ms %o', async (ms, expected) => {
    const bench = scene({ limit: 1 })
    await serve(bench, 1, 100)
    await bench.clock.advance(59_900)
    bench.slots.diagnose()
    await serve(bench, 1, 100)
    await bench.clock.advance(ms - 60_100)

    expect(bench.slots.diagnose()).toMatchObject(expected)
  })

  it('has the waits of the minute before as well, and forgets them after it', async () => {
    const { clock, slots } = scene({ limit: 1, queue: 1 })
    void slots.run(() => clock.sleep(100))
    void slots.run(() => clock.sleep(100))
    await clock.advance(60_000)
    const before = slots.diagnose().waitMs.max
    await clock.advance(59_999)
    const later = slots.diagnose().waitMs.max
    await clock.advance(1)

    expect([before, later, slots.diagnose().waitMs.max]).toEqual([100, 100, 0])
  })

  it('takes the time of one call in 64 for the mean', async () => {
    const bench = scene({ limit: 1 })
    await serve(bench, 1, 100)
    await serve(bench, 63, 10)
    const one = bench.slots.diagnose().meanHoldMs
    await serve(bench, 1, 50)

    expect([one, bench.slots.diagnose().meanHoldMs]).toEqual([100, 75])
  })

  it('times one slot to its end, however many are taken meanwhile', async () => {
    const bench = scene({ limit: 2 })
    const { clock, slots } = bench
    const permit = slots.tryAcquire()
    await serve(bench, 70, 10)

    permit?.release()

    expect([clock.now(), slots.diagnose().meanHoldMs]).toEqual([700, 700])
  })

  it('counts admitted and refused calls of the last minutes only', async () => {
    const bench = scene({ limit: 1 })
    const { clock, slots } = bench
    const permit = slots.tryAcquire()
    await refuse(slots, 3)
    permit?.release()
    await clock.advance(60_000)
    slots.diagnose()
    await clock.advance(60_000)
    slots.diagnose()
    slots.tryAcquire()
    await refuse(slots, 1)

    expect(slots.diagnose()).toMatchObject({ admitted: 1, rejected: 1, rejectedRatio: 0.5 })
  })
})

describe('bulkhead().diagnose() at its edges', () => {
  it.each([
    [1, 'fits'],
    [2, 'stuck'],
    [3, 'stuck'],
  ])('with %i of 4 slots abandoned says %s', async (abandoned, verdict) => {
    const { clock, slots } = scene({ limit: 4, breach: {} })
    const caller = new AbortController()
    for (let i = 0; i < abandoned; i++)
      void slots.run(() => clock.sleep(100), { signal: caller.signal }).catch(() => undefined)
    await clock.settle()

    caller.abort()

    expect(slots.diagnose()).toMatchObject({
      verdict,
      abandoned,
      active: abandoned,
      utilisation: abandoned / 4,
    })
  })

  it.each([
    [99, 'bursts'],
    [100, 'bursts'],
    [101, 'too-small'],
  ])('a slot that %i calls of 10 ms ask for in a second: %s', async (calls, verdict) => {
    const bench = scene({ limit: 1 })
    await serve(bench, 1, 10)
    const permit = bench.slots.tryAcquire()
    await refuse(bench.slots, calls - 2)
    permit?.release()
    await bench.clock.advance(990)

    expect(bench.slots.diagnose()).toMatchObject({
      ...{ verdict, neededSlots: calls / 100, offeredPerSecond: calls, rejected: calls - 2 },
      proposedLimit: 2,
    })
  })

  it.each([
    [10, { p50: 0, p95: 100, p99: 100 }],
    [20, { p50: 0, p95: 0, p99: 100 }],
    [100, { p50: 0, p95: 0, p99: 0 }],
    [2, { p50: 0, p95: 100, p99: 100 }],
  ])('of %i calls of which one waited for 100 ms has %o', async (calls, expected) => {
    const bench = scene({ limit: 1, queue: 1 })
    await serve(bench, calls - 2, 1)
    void bench.slots.run(() => bench.clock.sleep(100))
    void bench.slots.run(() => bench.clock.sleep(1))
    await bench.clock.advance(101)

    const { p50, p95, p99, max } = bench.slots.diagnose().waitMs

    expect([p50, p95, p99].map((ms) => Math.round(ms / 10) * 10)).toEqual(Object.values(expected))
    expect(max).toBe(100)
  })

  it('has its name and how it stands', () => {
    const { slots } = scene({ name: 'smtp', limit: 2, queue: 3 })
    slots.tryAcquire()
    slots.tryAcquire()
    void slots.run(() => 1)

    expect(slots.diagnose()).toMatchObject({
      ...{ policy: 'smtp', limit: 2, active: 2, queued: 1, utilisation: 1, abandoned: 0 },
    })
  })
})
