import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import type { BreachOptions } from './breach-options.ts'
import type { BulkheadBreachEvent } from './bulkhead-events.ts'
import { bulkhead } from './bulkhead.ts'

/** A bulkhead whose work goes on for a time after its caller was let go, after 10 ms. */
function scene(limit: number, breach: BreachOptions) {
  const clock = new FakeClock()
  const events: BulkheadBreachEvent[] = []
  const onEvent = (event: BulkheadBreachEvent): void => void events.push(event)
  const slots = bulkhead({ limit, queue: 10, clock, breach: { ...breach, onEvent } })
  const line = pipeline({ policies: [slots, timeout({ ms: 10 })], clock })
  const start = (...workMs: readonly number[]): void => {
    for (const ms of workMs) void line.tryRun(() => clock.sleep(ms))
  }
  return { clock, slots, events, start }
}

describe('bulkhead({ breach }) at its edges', () => {
  it.each([
    [3, ['abandoned']],
    [2, undefined],
  ])('with a share of 0.5 of 8 slots, a breach with %i abandoned goes on: %o', async (left, reasons) => {
    const { clock, slots, start } = scene(8, {})
    start(...Array<number>(left).fill(1_000), ...Array<number>(5 - left).fill(100))
    await clock.advance(20)
    const before = slots.detectBreach()?.reasons

    await clock.advance(100)

    expect([before, slots.abandoned, slots.detectBreach()?.reasons]).toEqual([['abandoned'], left, reasons])
  })

  it('a share of 1 is never reached, and not of interest while slots are held too long', async () => {
    const { clock, slots, start } = scene(2, { abandonedShare: 1, maxHoldMs: 500 })
    start(1_000, 1_000)
    await clock.advance(499)
    const before = slots.detectBreach()
    await clock.advance(1)

    expect([before, slots.abandoned]).toEqual([undefined, 2])
    expect(slots.detectBreach()).toMatchObject({ reasons: ['held-too-long'], abandoned: 2, overdue: 2 })
  })

  it('names both reasons, and tells with the first what it found', async () => {
    const { clock, slots, start, events } = scene(2, { maxHoldMs: 50 })
    start(1_000, 1_000)
    await clock.advance(60)

    expect(slots.detectBreach()).toEqual({
      ...{ reasons: ['abandoned', 'held-too-long'], abandoned: 2, overdue: 2, limit: 2 },
      ...{ mitigation: 'none', forMs: 10 },
    })
    expect(events).toMatchObject([
      { reasons: ['abandoned', 'held-too-long'], abandoned: 2, overdue: 1, limit: 2 },
    ])
  })

  it('tells when a slot held for too long comes back, and begins anew with the next', async () => {
    const { clock, slots, events } = scene(2, { maxHoldMs: 50 })
    const first = slots.tryAcquire()
    await clock.advance(80)
    first?.release()
    slots.tryAcquire()
    await clock.advance(50)

    expect(events).toMatchObject([
      { type: 'BulkheadBreached', reasons: ['held-too-long'], overdue: 1 },
      { type: 'BulkheadBreachEnded', policy: 'bulkhead', afterMs: 30 },
      { type: 'BulkheadBreached', reasons: ['held-too-long'], overdue: 1 },
    ])
  })

  it.each([
    [4, 2],
    [5, 3],
    [1, 1],
  ])('lower-limit of %i slots leaves %i, rounded up', async (limit, usable) => {
    const { clock, slots } = scene(limit, { maxHoldMs: 50, mitigation: 'lower-limit' })
    const permits = Array.from({ length: limit }, () => slots.tryAcquire())
    await clock.advance(50)
    for (const permit of permits.slice(1)) permit?.release()

    while (slots.tryAcquire() !== undefined);

    expect([slots.active, slots.limit]).toEqual([usable, limit])
  })

  it('neither lowers the limit nor sheds when it is not told to', async () => {
    const { clock, slots } = scene(4, { maxHoldMs: 50 })
    slots.tryAcquire()
    await clock.advance(50)

    while (slots.tryAcquire({ criticality: 'low' }) !== undefined);

    expect([slots.active, slots.detectBreach()?.mitigation]).toEqual([4, 'none'])
  })

  it.each([
    ['shed-low', [1, 1]],
    ['lower-limit', [0, 1]],
  ] as const)(
    '%s does nothing else: of normal and low calls it lets %o in at half of the limit',
    async (mitigation, expected) => {
      const { clock, slots } = scene(2, { maxHoldMs: 50, mitigation })
      const held = slots.tryAcquire()
      await clock.advance(50)
      const normal = slots.tryAcquire()
      held?.release()
      normal?.release()
      const low = slots.tryAcquire({ criticality: 'low' })

      expect([normal, low].map((permit) => (permit === undefined ? 0 : 1))).toEqual(expected)
    },
  )

  it('raising the limit during a breach lets calls in up to half of the new one', async () => {
    const { clock, slots, start } = scene(2, { maxHoldMs: 50, mitigation: 'lower-limit' })
    slots.tryAcquire()
    await clock.advance(50)
    start(1_000, 1_000, 1_000)

    slots.limit = 6

    expect([slots.active, slots.queued]).toEqual([3, 1])
  })
})
