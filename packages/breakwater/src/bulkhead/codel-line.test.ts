import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { bulkhead } from './bulkhead.ts'
import type { Bulkhead } from './bulkhead-api.ts'
import type { BulkheadOptions } from './bulkhead-options.ts'

interface Load {
  readonly everyMs: number
  readonly forMs: number
}

interface Simulation {
  readonly slots: Bulkhead
  readonly clock: FakeClock
  /** How long each call waited that was let in, in order of being let in. */
  readonly waits: { at: number; ms: number }[]
}

/** One slot, calls of 10 ms: it serves one call each 10 ms. */
function simulate(options: BulkheadOptions): Simulation {
  const clock = new FakeClock()
  return { slots: bulkhead({ limit: 1, queue: 1_000, ...options, clock }), clock, waits: [] }
}

async function offer({ slots, clock, waits }: Simulation, { everyMs, forMs }: Load): Promise<void> {
  for (let i = 0; i < forMs / everyMs; i++) {
    const since = clock.now()
    const work = (): Promise<void> => {
      waits.push({ at: clock.now(), ms: clock.now() - since })
      return clock.sleep(10)
    }
    void slots.run(work).catch(() => undefined)
    await clock.advance(everyMs)
  }
}

const codel: BulkheadOptions = { order: 'codel', targetMs: 20, intervalMs: 100 }
const overload: Load = { everyMs: 5, forMs: 2_000 }

describe("bulkhead({ order: 'codel' })", () => {
  it('keeps the waits of a twofold overload at twice the target, where first in, first out lets them grow', async () => {
    const controlled = simulate(codel)
    const plain = simulate({})

    await offer(controlled, overload)
    await offer(plain, overload)

    const late = ({ waits }: Simulation): number[] => waits.filter(({ at }) => at > 500).map(({ ms }) => ms)
    expect(Math.max(...late(controlled))).toBeLessThanOrEqual(40)
    expect(Math.max(...late(plain))).toBeGreaterThan(900)
    expect([controlled.slots.admitted, plain.slots.admitted]).toEqual([201, 201])
  })

  it('drains the standing queue and counts what it dropped', async () => {
    const controlled = simulate(codel)
    const plain = simulate({})

    await offer(controlled, overload)
    await offer(plain, overload)

    expect(controlled.slots.queued).toBeLessThanOrEqual(9)
    expect(plain.slots.queued).toBeGreaterThanOrEqual(199)
    expect(controlled.slots.dropped).toBe(400 - 201 - controlled.slots.queued)
  })

  it('drops nobody in a burst that is over within the interval, and serves in order of arrival', async () => {
    const simulation = simulate(codel)
    const { slots, clock, waits } = simulation

    await offer(simulation, { everyMs: 1, forMs: 10 })
    await clock.advance(1_000)

    expect([slots.dropped, slots.queued, slots.admitted]).toEqual([0, 0, 10])
    expect(waits.map(({ ms }) => ms)).toEqual(waits.map(({ ms }) => ms).toSorted((a, b) => a - b))
    clock.expectIdle()
  })

  it('drops nobody at a load that the slot can take', async () => {
    const simulation = simulate(codel)

    await offer(simulation, { everyMs: 10, forMs: 2_000 })

    expect(simulation.slots.dropped).toBe(0)
  })

  it('is first in, first out again once the overload is over', async () => {
    const simulation = simulate(codel)
    const { slots, clock, waits } = simulation
    await offer(simulation, overload)
    await clock.advance(200)
    const dropped = slots.dropped
    waits.length = 0

    await offer(simulation, { everyMs: 1, forMs: 5 })
    await clock.advance(100)

    expect([slots.dropped, waits.map(({ ms }) => ms)]).toEqual([dropped, [0, 9, 18, 27, 36]])
  })

  it('serves the newest however long it waited: a free slot is never idle while somebody waits', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ ...codel, limit: 1, queue: 10, clock })
    const [served, dropped]: [string[], string[]] = [[], []]
    const start = (name: string): void =>
      void slots
        .run(() => clock.sleep(300))
        .then(
          () => served.push(name),
          () => dropped.push(name),
        )
    start('a')
    start('b')
    start('c')
    start('d')

    await clock.advance(2_000)

    expect([served, dropped]).toEqual([['a', 'b', 'd'], ['c']])
    clock.expectIdle()
  })

  it('refuses the dropped with the facts', async () => {
    const simulation = simulate({ ...codel, name: 'smtp' })
    const { slots, clock } = simulation
    await offer(simulation, { everyMs: 5, forMs: 200 })
    const ended = slots.run(() => 1).catch((error: unknown) => error)
    const since = clock.now()
    await offer(simulation, { everyMs: 5, forMs: 200 })

    const error = await ended

    expect(error).toMatchObject({ code: 'BULKHEAD_FULL', reason: 'delayed', policy: 'smtp' })
    expect(since).toBe(200)
  })
})
