import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import type { BreachOptions } from './breach-options.ts'
import type { Bulkhead } from './bulkhead-api.ts'
import type { BulkheadBreachEvent } from './bulkhead-events.ts'
import { bulkhead } from './bulkhead.ts'

interface Scene {
  readonly clock: FakeClock
  readonly slots: Bulkhead
  readonly events: BulkheadBreachEvent[]
  /** Starts work that goes on for a time after its caller was let go, after 10 ms. */
  start(count: number, workMs: number): void
}

function sceneOf(breach: BreachOptions): Scene {
  const clock = new FakeClock()
  const events: BulkheadBreachEvent[] = []
  const onEvent = (event: BulkheadBreachEvent): void => void events.push(event)
  const slots = bulkhead({ limit: 10, queue: 10, clock, breach: { ...breach, onEvent } })
  const line = pipeline({ policies: [slots, timeout({ ms: 10 })], clock })
  const start = (count: number, workMs: number): void => {
    for (let i = 0; i < count; i++) void line.tryRun(() => clock.sleep(workMs))
  }
  return { clock, slots, events, start }
}

describe('bulkhead({ breach })', () => {
  it.each([
    [5, undefined],
    [6, ['abandoned']],
  ])('with %d of 10 slots abandoned and a share of 0.5 finds %j', async (abandoned, reasons) => {
    const { clock, slots, start } = sceneOf({})
    start(abandoned, 1_000)

    await clock.advance(20)

    expect(slots.abandoned).toBe(abandoned)
    expect(slots.detectBreach()?.reasons).toEqual(reasons)
  })

  it('says so at the next call, once, and when it is over: at half of the share', async () => {
    const { clock, slots, start, events } = sceneOf({})
    start(4, 100)
    start(2, 200)
    await clock.advance(20)
    start(1, 1)
    await clock.advance(70)
    start(1, 1)
    const during = [...events]

    await clock.advance(10)

    expect(during).toEqual([
      {
        ...{ type: 'BulkheadBreached', policy: 'bulkhead', reasons: ['abandoned'] },
        ...{ abandoned: 6, overdue: 0, limit: 10, mitigation: 'none' },
      },
    ])
    expect(events.slice(1)).toEqual([{ type: 'BulkheadBreachEnded', policy: 'bulkhead', afterMs: 80 }])
    expect(slots.detectBreach()).toBeUndefined()
  })

  it.each([
    [49, []],
    [50, ['BulkheadBreached', 'BulkheadBreachEnded']],
    [51, ['BulkheadBreached', 'BulkheadBreachEnded']],
  ])('with maxHoldMs 50 and a slot held for %d ms reports %j', async (heldMs, types) => {
    const { clock, slots, events } = sceneOf({ maxHoldMs: 50 })
    const permit = slots.tryAcquire()
    clock.setTimer(heldMs, () => permit?.release())

    await clock.advance(100)

    expect(events.map(({ type }) => type)).toEqual(types)
    clock.expectIdle()
  })

  it('detectBreach() has the facts', async () => {
    const { clock, slots } = sceneOf({ maxHoldMs: 50 })
    slots.tryAcquire()
    slots.tryAcquire()

    await clock.advance(80)

    expect(slots.detectBreach()).toEqual({
      ...{ reasons: ['held-too-long'], abandoned: 0, overdue: 2, limit: 10, mitigation: 'none', forMs: 30 },
    })
  })

  it('shed-low refuses calls of low criticality while it lasts', async () => {
    const { clock, slots, start } = sceneOf({ mitigation: 'shed-low' })
    const tryLow = (): Promise<unknown> =>
      slots.run(() => 'ran', { criticality: 'low' }).catch((error: unknown) => error)
    start(6, 100)
    await clock.advance(20)

    const during = [await tryLow(), await slots.run(() => 'ran'), slots.tryAcquire({ criticality: 'low' })]
    await clock.advance(100)

    expect(during).toMatchObject([{ code: 'BULKHEAD_FULL', reason: 'shed' }, 'ran', undefined])
    expect([await tryLow(), slots.rejected]).toEqual(['ran', 1])
  })

  it('lower-limit works with half of the limit while it lasts, and then lets those who wait in', async () => {
    const { clock, slots, start } = sceneOf({ mitigation: 'lower-limit' })
    start(6, 100)
    await clock.advance(20)
    start(3, 5)
    const during = [slots.limit, slots.active, slots.queued]

    await clock.advance(100)

    expect(during).toEqual([10, 6, 3])
    expect([slots.active, slots.queued, slots.admitted]).toEqual([0, 0, 9])
    clock.expectIdle()
  })

  it('is not looked for without the option', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 2, clock })
    const line = pipeline({ policies: [slots, timeout({ ms: 10 })], clock })
    void line.tryRun(() => clock.sleep(100))

    await clock.advance(10)

    expect([slots.active, slots.detectBreach()]).toEqual([1, undefined])
  })

  it('tells those who subscribed later, until they leave', async () => {
    const { clock, slots } = sceneOf({ maxHoldMs: 50 })
    const types: string[] = []
    const leave = slots.onBreach(({ type }) => types.push(type))
    const permit = slots.tryAcquire()
    await clock.advance(50)
    leave()

    permit?.release()

    expect(types).toEqual(['BulkheadBreached'])
  })
})
