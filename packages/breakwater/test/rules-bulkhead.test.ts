import { describe, expect, it } from 'vitest'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { pipeline } from '../src/pipeline/pipeline.ts'
import { fixed } from '../src/retry/backoff.ts'
import { retry } from '../src/retry/retry.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'
import { timeout } from '../src/timeout/timeout.ts'

describe('bulkhead in a pipeline', () => {
  it('Rule 9: a slot is held until the work has ended, although its caller has left', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1 })
    const line = pipeline({ policies: [timeout({ totalMs: 10 }), slots], clock })
    const ended = line.tryRun(() => clock.sleep(100))
    await clock.advance(99)
    const outcome = await ended
    const activeBefore = slots.active

    await clock.advance(1)

    expect(outcome.ok).toBe(false)
    expect([activeBefore, slots.active]).toEqual([1, 0])
  })

  it('Rule 9: each attempt of a retry holds its own slot until its own work has ended', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 3 })
    const again = retry({ maxRetries: 2, backoff: fixed({ delayMs: 5 }) })
    const ended = pipeline({ policies: [again, slots, timeout({ ms: 10 })], clock }).tryRun(() =>
      clock.sleep(100),
    )
    await clock.advance(45)
    const outcome = await ended
    const counts = [slots.active]

    await clock.advance(55)
    counts.push(slots.active)
    await clock.advance(15)
    counts.push(slots.active)
    await clock.advance(15)
    counts.push(slots.active)

    expect(outcome.ok).toBe(false)
    expect(counts).toEqual([3, 2, 1, 0])
  })

  it('Rule 9: a bulkhead outside the retry holds one slot until the last attempt’s work has ended', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1 })
    const again = retry({ maxRetries: 1, backoff: fixed({ delayMs: 5 }) })
    const ended = pipeline({ policies: [slots, again, timeout({ ms: 10 })], clock }).tryRun(() =>
      clock.sleep(100),
    )
    await clock.advance(114)
    const outcome = await ended
    const before = slots.active

    await clock.advance(1)

    expect(outcome.ok).toBe(false)
    expect([before, slots.active, slots.admitted]).toEqual([1, 0, 1])
  })

  it('Rule 9: a slot is free again after the work throws at once', async () => {
    const slots = bulkhead({ limit: 1 })

    const outcome = await pipeline({ policies: [slots] }).tryRun(() => {
      throw new Error('at once')
    })

    expect(outcome.ok).toBe(false)
    expect(slots.active).toBe(0)
  })

  it('Rule 10: waiting calls are let in in the order in which they came', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [bulkhead({ limit: 2, queue: 100 })], clock })
    const order: number[] = []

    const calls = Array.from({ length: 50 }, (_, i) =>
      line.run(() => {
        order.push(i)
        return clock.sleep(50 - i)
      }),
    )
    await clock.advance(10_000)
    await Promise.all(calls)

    expect(order).toEqual(Array.from({ length: 50 }, (_, i) => i))
  })

  it('Rule 10: the slot is handed over: a newcomer in the same turn is behind those who wait', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 2 })
    const line = pipeline({ policies: [slots], clock })
    const order: string[] = []
    const permit = slots.tryAcquire()
    const waiting = line.run(() => order.push('waiting'))

    permit?.release()
    const byHand = slots.tryAcquire()
    const newcomer = line.run(() => order.push('newcomer'))
    byHand?.release()
    await Promise.all([waiting, newcomer])

    expect(order).toEqual(['waiting', 'newcomer'])
  })

  it('Rule 10: no slot is taken by hand while others wait', () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 1 })
    const permit = slots.tryAcquire()
    void pipeline({ policies: [slots], clock }).run(() => clock.sleep(10))

    const overtaking = slots.tryAcquire()
    permit?.release()

    expect(overtaking).toBeUndefined()
    expect(slots.active).toBe(1)
  })

  it('Rule 10: an abort in the middle of the queue leaves the order of the others', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 10 })
    const line = pipeline({ policies: [slots], clock })
    const permit = slots.tryAcquire()
    const callers = Array.from({ length: 5 }, () => new AbortController())
    const order: number[] = []
    const calls = callers.map(({ signal }, i) => line.tryRun(() => order.push(i), { signal }))

    callers[0]?.abort()
    callers[2]?.abort()
    callers[4]?.abort()
    const queued = slots.queued
    permit?.release()
    await Promise.all(calls)

    expect(queued).toBe(2)
    expect(order).toEqual([1, 3])
  })

  it('Rule 10: five thousand waiting calls of synchronous work run without exhausting the stack', async () => {
    const slots = bulkhead({ limit: 1, queue: 5_000 })
    const line = pipeline({ policies: [slots] })
    const permit = slots.tryAcquire()
    const calls = Array.from({ length: 5_000 }, (_, i) => line.run(() => i))

    permit?.release()

    expect(await Promise.all(calls)).toEqual(Array.from({ length: 5_000 }, (_, i) => i))
    expect([slots.active, slots.queued]).toEqual([0, 0])
  })

  it('Rule 10: work that calls through its own bulkhead while the queue is drained waits its turn', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 10 })
    const line = pipeline({ policies: [slots], clock })
    const order: string[] = []
    const permit = slots.tryAcquire()
    const nested: Promise<number>[] = []
    const first = line.run(() => {
      order.push('first')
      nested.push(line.run(() => order.push('nested')))
    })
    const second = line.run(() => order.push('second'))

    permit?.release()
    await Promise.all([first, second])
    await Promise.all(nested)

    expect(order).toEqual(['first', 'second', 'nested'])
    expect([slots.active, slots.queued]).toEqual([0, 0])
  })
})
