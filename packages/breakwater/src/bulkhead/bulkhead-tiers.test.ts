import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { bulkhead } from './bulkhead.ts'
import type { Bulkhead } from './bulkhead-api.ts'
import type { BulkheadOptions } from './bulkhead-options.ts'

const tiers = { premium: 0.5, standard: 0.3, free: 0.2 }

function start(slots: Bulkhead, clock: FakeClock, { tier, calls }: { tier: string; calls: number }): void {
  for (let i = 0; i < calls; i++) void slots.run(() => clock.sleep(100), { key: tier }).catch(() => undefined)
}

const held = (slots: Bulkhead): number[] => slots.tiers.map(({ active }) => active)
const waiting = (slots: Bulkhead): number[] => slots.tiers.map(({ queued }) => queued)

describe('bulkhead({ tiers })', () => {
  it('lends what nobody else uses', () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 10, queue: 10, tiers, clock })

    start(slots, clock, { tier: 'free', calls: 12 })

    expect([held(slots), waiting(slots)]).toEqual([
      [0, 0, 10],
      [0, 0, 2],
    ])
  })

  it('gives lent slots back as they come free, up to the share and before anybody exceeds one', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 10, queue: 100, tiers, clock })
    start(slots, clock, { tier: 'free', calls: 20 })
    start(slots, clock, { tier: 'standard', calls: 20 })
    start(slots, clock, { tier: 'premium', calls: 20 })

    await clock.advance(100)

    expect(held(slots)).toEqual([5, 3, 2])
    expect(waiting(slots)).toEqual([15, 17, 8])
  })

  it('gives lent places of the queue back to a tier that has not its share of them', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 10, tiers, clock })
    start(slots, clock, { tier: 'free', calls: 11 })

    start(slots, clock, { tier: 'premium', calls: 6 })
    await clock.settle()

    expect(waiting(slots)).toEqual([5, 0, 5])
    expect([slots.dropped, slots.rejected]).toEqual([5, 6])
  })

  it.each([
    ['an unknown key', 'gold', undefined],
    ['a function that names no tier', 'premium', () => undefined],
    ['a function that fails', 'premium', () => Promise.reject.call(undefined) as never],
  ])('puts calls with %s into the tier that was declared last', (_, tier, tierOf) => {
    const clock = new FakeClock()
    const options: BulkheadOptions = { limit: 1, queue: 1, tiers, clock, ...(tierOf && { tierOf }) }
    const slots = bulkhead(options)

    start(slots, clock, { tier, calls: 1 })

    expect(held(slots)).toEqual([0, 0, 1])
  })

  it('asks tierOf() with what is known of the call', async () => {
    const clock = new FakeClock()
    const asked: unknown[] = []
    const tierOf = (call: unknown): string => {
      asked.push(call)
      return 'premium'
    }
    const slots = bulkhead({ name: 'api', limit: 2, queue: 1, tiers, tierOf, clock })

    await slots.run(() => 1, { key: 'k', args: [7], criticality: 'high' })
    slots.tryAcquire()

    expect(asked).toEqual([
      { operation: 'api', key: 'k', criticality: 'high', args: [7] },
      { operation: 'api', key: '', criticality: 'normal', args: [] },
    ])
    expect(held(slots)).toEqual([1, 0, 0])
  })

  it('drops from a standing queue of one tier without losing count', async () => {
    const clock = new FakeClock()
    const codel = { order: 'codel', targetMs: 5, intervalMs: 50 } as const
    const slots = bulkhead({ ...codel, limit: 1, queue: 100, tiers, clock })
    start(slots, clock, { tier: 'free', calls: 50 })

    await clock.advance(10_000)

    expect([held(slots), waiting(slots), slots.queued, slots.active]).toEqual([[0, 0, 0], [0, 0, 0], 0, 0])
    expect(slots.dropped).toBeGreaterThan(40)
    clock.expectIdle()
  })

  it.each([
    ['lets those of the tier go on in order', { free: 2, standard: 0 }, 'free', [0, 0, 2]],
    [
      'takes a place back from the tier that has the most for its share',
      { free: 3, standard: 7 },
      'premium',
      [1, 6, 3],
    ],
    ['takes it from the smaller share, of as many', { free: 5, standard: 5 }, 'premium', [1, 5, 4]],
  ])('with ten places %s', (_, calls, newcomer, expected) => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 10, tiers, clock })
    slots.tryAcquire({ key: 'premium' })
    start(slots, clock, { tier: 'free', calls: calls.free })
    start(slots, clock, { tier: 'standard', calls: calls.standard })

    if (newcomer === 'premium') start(slots, clock, { tier: newcomer, calls: 1 })

    expect(waiting(slots)).toEqual(expected)
  })

  it('drops the newest of the tier that gives a place back', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 2, tiers, clock })
    slots.tryAcquire({ key: 'premium' })
    const ends: string[] = []
    const wait = (name: string, key: string): void =>
      void slots.run(() => 1, { key }).catch(() => ends.push(name))
    wait('older', 'free')
    wait('newer', 'free')

    wait('premium', 'premium')
    await clock.settle()

    expect(ends).toEqual(['newer'])
  })

  it('keeps the newest of the tier that gives a place back, when it is last in, first out', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 2, order: 'lifo', tiers, clock })
    slots.tryAcquire({ key: 'premium' })
    const caller = new AbortController()
    void slots.run(() => 1, { key: 'free', signal: caller.signal }).catch(() => undefined)
    start(slots, clock, { tier: 'free', calls: 1 })
    await clock.settle()

    caller.abort()

    expect([waiting(slots), slots.queued]).toEqual([[0, 0, 1], 1])
  })
})
