import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { bulkhead } from './bulkhead.ts'
import type { Bulkhead } from './bulkhead-api.ts'

/** Offers a call each `everyMs`, of 100 ms each. */
async function offer(
  slots: Bulkhead,
  clock: FakeClock,
  load: { everyMs: number; calls: number },
): Promise<void> {
  for (let i = 0; i < load.calls; i++) {
    void slots.run(() => clock.sleep(100)).catch(() => undefined)
    await clock.advance(load.everyMs)
  }
}

describe('bulkhead().diagnose()', () => {
  it('proposes the limit that the calls need, by Little: 50 a second of 100 ms each need 5 slots', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 2, clock })

    await offer(slots, clock, { everyMs: 20, calls: 400 })

    expect(slots.diagnose()).toMatchObject({
      ...{ limit: 2, active: 1, utilisation: 0.5, elapsedMs: 8_000, meanHoldMs: 100 },
      ...{ offeredPerSecond: 50, neededSlots: 5, proposedLimit: 7, verdict: 'too-small' },
      ...{ admitted: 160, rejected: 240, rejectedRatio: 0.6 },
    })
  })

  it('says that a limit fits that refused nobody', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 10, clock })

    await offer(slots, clock, { everyMs: 20, calls: 100 })

    expect(slots.diagnose()).toMatchObject({ verdict: 'fits', rejectedRatio: 0, proposedLimit: 7 })
  })

  it('says that bursts were refused when the slots are enough on average', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 2, clock })

    await offer(slots, clock, { everyMs: 0, calls: 4 })
    await clock.advance(1_000)

    expect(slots.diagnose()).toMatchObject({ verdict: 'bursts', rejected: 2, proposedLimit: 1 })
  })

  it('says that slots are stuck, as a higher limit would not help', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 2, clock, breach: {} })
    const caller = new AbortController()
    void slots.run(() => clock.sleep(100), { signal: caller.signal }).catch(() => undefined)
    await clock.settle()

    caller.abort()

    expect(slots.diagnose()).toMatchObject({ verdict: 'stuck', abandoned: 1 })
  })

  it('has the percentiles of the waits, with 0 for the calls that did not wait', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 9, clock })

    await offer(slots, clock, { everyMs: 0, calls: 10 })
    await clock.advance(1_000)

    const { waitMs } = slots.diagnose()
    expect(waitMs.p50).toBeCloseTo(400, -1.5)
    expect(waitMs.p99).toBeCloseTo(900, -1.5)
    expect(waitMs.max).toBe(900)
  })

  it('says nothing of what it does not know', () => {
    const clock = new FakeClock()

    const diagnosis = bulkhead({ clock }).diagnose()

    expect(diagnosis).toMatchObject({
      ...{ meanHoldMs: undefined, neededSlots: undefined, proposedLimit: undefined },
      ...{ verdict: 'fits', elapsedMs: 0, offeredPerSecond: 0, rejectedRatio: 0 },
      waitMs: { p50: 0, p95: 0, p99: 0, max: 0 },
    })
  })

  it('forgets what is older than two minutes', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, clock })
    await offer(slots, clock, { everyMs: 0, calls: 10 })

    await clock.advance(60_000)
    slots.diagnose()
    await clock.advance(60_000)

    expect(slots.diagnose()).toMatchObject({ admitted: 0, rejected: 0, elapsedMs: 60_000 })
  })
})
