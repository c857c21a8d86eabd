import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { bulkhead } from './bulkhead.ts'
import { isBulkheadFullError } from './bulkhead-errors.ts'

describe('bulkhead()', () => {
  it.each([
    [2, 0, 0],
    [3, 0, 0],
    [4, 1, 0],
    [5, 2, 0],
    [6, 2, 1],
  ])('with limit 3 and queue 2, of %i calls %i wait and %i are refused', async (calls, queued, rejected) => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 3, queue: 2 })

    const ended = Promise.allSettled(Array.from({ length: calls }, () => slots.run(() => clock.sleep(10))))
    const counts = [slots.active, slots.queued, slots.rejected]
    await clock.advance(100)
    await ended

    expect(counts).toEqual([Math.min(calls, 3), queued, rejected])
    expect(slots.stats()).toEqual({
      counters: { admitted: calls - rejected, rejected, dropped: 0 },
      gauges: { active: 0, abandoned: 0, queued: 0, limit: 3, queueLimit: 2 },
    })
  })

  it('refuses with the facts', async () => {
    const slots = bulkhead({ name: 'smtp', limit: 1, queue: 1 })
    slots.tryAcquire()
    void slots.run(() => 1)

    const error: unknown = await slots.run(() => 2).catch((reason: unknown) => reason)

    expect(isBulkheadFullError(error)).toBe(true)
    expect(error).toMatchObject({
      message: "Bulkhead 'smtp' is full: 1 calls run and 1 more wait",
      policy: 'smtp',
      limit: 1,
      queued: 1,
    })
  })

  it('says nothing of a queue when nobody waits', async () => {
    const slots = bulkhead({ limit: 1 })
    slots.tryAcquire()

    await expect(slots.run(() => 1)).rejects.toThrow("Bulkhead 'bulkhead' is full: 1 calls run")
  })

  it('a permit gives its slot back once', () => {
    const slots = bulkhead({ limit: 2 })
    const permit = slots.tryAcquire()
    slots.tryAcquire()

    permit?.release()
    permit?.release()

    expect(slots.active).toBe(1)
  })

  it('raising the limit lets waiting calls in at once, in order', async () => {
    const slots = bulkhead({ limit: 1, queue: 5 })
    slots.tryAcquire()
    const order: number[] = []
    const calls = [0, 1, 2].map((i) => slots.run(() => order.push(i)))

    slots.limit = 3
    await Promise.all(calls)

    expect(order).toEqual([0, 1, 2])
    expect(slots.active).toBe(1)
  })

  it('lowering the limit stops no call, and lets none in until enough have ended', () => {
    const slots = bulkhead({ limit: 3, queue: 1 })
    const permits = [slots.tryAcquire(), slots.tryAcquire(), slots.tryAcquire()]
    void slots.run(() => new Promise(() => undefined))

    slots.limit = 1
    const counts = [slots.active]
    permits.forEach((permit) => {
      permit?.release()
      counts.push(slots.active)
    })

    expect(counts).toEqual([3, 2, 1, 1])
    expect([slots.queued, slots.admitted]).toEqual([0, 4])
  })

  it('a limit out of range is refused and changes nothing', () => {
    const slots = bulkhead({ limit: 2 })

    expect(() => (slots.limit = 0)).toThrow(
      "'limit' must be an integer >= 1 and <= 1000000: current value is 0",
    )
    expect(slots.limit).toBe(2)
  })

  it('reports once that it is full, and again after it had room', () => {
    const types: string[] = []
    const slots = bulkhead({ limit: 1, onEvent: ({ type }) => types.push(type) })
    const refuse = (): void => void slots.run(() => 1).catch(() => undefined)
    const permit = slots.tryAcquire()
    refuse()
    refuse()
    const first = [...types]
    permit?.release()
    slots.tryAcquire()

    refuse()

    expect([first, types]).toEqual([['BulkheadSaturated'], ['BulkheadSaturated', 'BulkheadSaturated']])
  })
})
