import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { bulkhead } from './bulkhead.ts'

describe('bulkhead().acquire()', () => {
  it('takes a free slot, and holds it until the release', async () => {
    const slots = bulkhead({ limit: 1 })

    const permit = await slots.acquire()
    const held = slots.active
    permit.release()

    expect([held, slots.active, slots.admitted, slots.rejected]).toEqual([1, 0, 1, 0])
  })

  it('waits in one line with calls, in the order in which they came', async () => {
    const slots = bulkhead({ limit: 1, queue: 3 })
    const first = slots.tryAcquire()
    const order: string[] = []
    const ended = [
      slots.run(() => order.push('run')),
      slots.acquire().then((permit) => {
        order.push('by hand')
        permit.release()
      }),
      slots.run(() => order.push('run again')),
    ]

    first?.release()
    await Promise.all(ended)

    expect(order).toEqual(['run', 'by hand', 'run again'])
    expect([slots.active, slots.queued]).toEqual([0, 0])
  })

  it('a second release frees no second slot', async () => {
    const slots = bulkhead({ limit: 2 })
    const permit = await slots.acquire()
    await slots.acquire()

    permit.release()
    permit.release()

    expect(slots.active).toBe(1)
  })

  it('the slot is free again within the release, for who asks next', async () => {
    const slots = bulkhead({ limit: 1 })
    const permit = await slots.acquire()

    permit.release()

    expect(slots.tryAcquire()).toBeDefined()
  })

  it('gives the slot back at the end of a block with `using`', async () => {
    const slots = bulkhead({ limit: 1 })
    const during: number[] = []

    {
      using permit = await slots.acquire()
      during.push(slots.active, typeof permit.release === 'function' ? 1 : 0)
    }

    expect([during, slots.active]).toEqual([[1, 1], 0])
  })

  it('a permit that comes too late for its pipeline is given back', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 1, clock })
    const first = slots.tryAcquire()
    const ended = pipeline({ policies: [timeout({ ms: 10 })], clock }).tryRun(() => slots.acquire())
    await clock.advance(10)

    first?.release()
    const outcome = await ended
    await clock.settle()

    expect([outcome.ok, slots.active, slots.admitted]).toEqual([false, 0, 2])
  })

  it('raising the limit lets who waits in at once', async () => {
    const slots = bulkhead({ limit: 1, queue: 2 })
    await slots.acquire()
    const second = slots.acquire()

    slots.limit = 2

    await expect(second).resolves.toBeDefined()
    expect([slots.active, slots.queued]).toEqual([2, 0])
  })

  it('counts in the tier of its key', async () => {
    const slots = bulkhead({ limit: 2, queue: 2, tiers: { paid: 0.5, free: 0.5 } })

    const permit = await slots.acquire({ key: 'free' })
    const during = slots.tiers.map(({ active }) => active)
    permit.release()

    expect([during, slots.tiers.map(({ active }) => active)]).toEqual([
      [0, 1],
      [0, 0],
    ])
  })

  it('counts as held too long, and never as abandoned', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 2, clock, breach: { maxHoldMs: 50 } })
    const permit = await slots.acquire()
    await clock.advance(50)
    const during = slots.detectBreach()

    permit.release()

    expect(during).toMatchObject({ reasons: ['held-too-long'], abandoned: 0, overdue: 1 })
    expect([slots.detectBreach(), slots.abandoned]).toEqual([undefined, 0])
  })
})

describe('bulkhead().acquire({ signal })', () => {
  it('ends the wait at once with the reason, and leaves nothing behind', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 1, clock })
    const first = slots.tryAcquire()
    const caller = new AbortController()
    const reason = new Error('gone')
    const ended = slots
      .acquire({ signal: caller.signal, maxWaitMs: 50 })
      .catch((error: unknown) => [error, slots.queued])

    caller.abort(reason)
    first?.release()

    expect(await ended).toEqual([reason, 0])
    expect([slots.active, slots.rejected]).toEqual([0, 0])
    expect(getEventListeners(caller.signal, 'abort')).toEqual([])
    clock.expectIdle()
  })

  it('takes no slot when it has aborted already', async () => {
    const slots = bulkhead({ limit: 1 })
    const reason = new Error('gone')

    const ended: unknown = await slots
      .acquire({ signal: AbortSignal.abort(reason) })
      .catch((error: unknown) => error)

    expect(ended).toBe(reason)
    expect([slots.active, slots.admitted]).toEqual([0, 0])
  })

  it('does nothing to a slot that is held', async () => {
    const slots = bulkhead({ limit: 1, breach: {} })
    const caller = new AbortController()
    const permit = await slots.acquire({ signal: caller.signal })

    caller.abort()
    const during = [slots.active, slots.abandoned]
    permit.release()

    expect([during, slots.active]).toEqual([[1, 0], 0])
  })

  it('a slot that comes free in the turn before the abort is the caller’s, who can give it back', async () => {
    const slots = bulkhead({ limit: 1, queue: 2 })
    const first = slots.tryAcquire()
    const caller = new AbortController()
    const ended = slots.acquire({ signal: caller.signal })
    first?.release()
    const listeners = getEventListeners(caller.signal, 'abort').length

    caller.abort()
    const permit = await ended
    permit.release()

    expect([listeners, slots.active, slots.queued]).toEqual([0, 0, 0])
  })

  it('a slot that comes free in the turn of the abort goes to the next', async () => {
    const slots = bulkhead({ limit: 1, queue: 2 })
    const first = slots.tryAcquire()
    const caller = new AbortController()
    const ended = slots.acquire({ signal: caller.signal }).catch(() => 'aborted')
    const next = slots.acquire()

    caller.abort()
    first?.release()

    expect(await ended).toBe('aborted')
    await expect(next).resolves.toBeDefined()
    expect([slots.active, slots.queued]).toEqual([1, 0])
  })

  it('is not let in by a slot that another listener of the same signal gives back', async () => {
    const slots = bulkhead({ limit: 1, queue: 2 })
    const first = slots.tryAcquire()
    const caller = new AbortController()
    caller.signal.addEventListener('abort', () => first?.release())
    const ended = slots.acquire({ signal: caller.signal }).catch(() => 'aborted')
    const next = slots.acquire()

    caller.abort()

    expect(await ended).toBe('aborted')
    await expect(next).resolves.toBeDefined()
    expect([slots.active, slots.queued]).toEqual([1, 0])
  })

  it('an abort by a listener that hears of the call it displaces ends its wait', async () => {
    const caller = new AbortController()
    const onEvent = (): void => caller.abort(new Error('gone'))
    const slots = bulkhead({ limit: 1, queue: 1, order: 'criticality', onEvent })
    slots.tryAcquire()
    const displaced = slots.acquire({ criticality: 'low' }).catch(({ reason }: { reason: string }) => reason)

    const ended = slots.acquire({ criticality: 'high', signal: caller.signal })

    await expect(ended).rejects.toThrow('gone')
    expect([await displaced, slots.queued]).toEqual(['displaced', 0])
  })
})

describe('bulkhead().acquire() that is refused', () => {
  it('throws what run() throws', async () => {
    const slots = bulkhead({ name: 'smtp', limit: 1 })
    slots.tryAcquire()

    const ended: unknown = await slots.acquire().catch((error: unknown) => error)

    expect(ended).toMatchObject({
      message: "Bulkhead 'smtp' is full: 1 calls run",
      ...{ code: 'BULKHEAD_FULL', policy: 'smtp', reason: 'full' },
    })
    expect(slots.rejected).toBe(1)
  })

  it.each([
    [49, 'let in'],
    [50, 'waited'],
    [51, 'waited'],
  ])('with maxWaitMs 50 and a slot after %i ms: %s', async (freeAt, fate) => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 1, clock })
    const first = slots.tryAcquire()
    const ended = slots
      .acquire({ maxWaitMs: 50 })
      .then(() => 'let in')
      .catch(({ reason }: { reason: string }) => reason)
    clock.setTimer(freeAt, () => first?.release())

    await clock.advance(100)

    expect([await ended, slots.queued, slots.dropped]).toEqual([fate, 0, fate === 'waited' ? 1 : 0])
    clock.expectIdle()
  })

  it.each([
    [20, 50],
    [50, 20],
  ])('with maxWaitMs %i of its own and %i of the bulkhead waits for the shorter', async (own, all) => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 1, maxWaitMs: all, clock })
    slots.tryAcquire()
    const ended = slots.acquire({ maxWaitMs: own }).catch(({ waitedMs }: { waitedMs: number }) => waitedMs)

    await clock.advance(100)

    expect(await ended).toBe(20)
    clock.expectIdle()
  })

  it.each([0, -1, NaN])('with a maxWaitMs of %d takes nothing', async (maxWaitMs) => {
    const slots = bulkhead({ limit: 1 })

    const ended = slots.acquire({ maxWaitMs })

    await expect(ended).rejects.toThrow(
      new RangeError(
        `Cannot create a wait for a slot as 'maxWaitMs' must be a number > 0: current value is ${maxWaitMs}`,
      ),
    )
    expect(slots.active).toBe(0)
  })

  it('sheds low criticality during a breach', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 3, clock, breach: { maxHoldMs: 10, mitigation: 'shed-low' } })
    await slots.acquire()
    await clock.advance(10)

    const low = slots.acquire({ criticality: 'low' })

    await expect(low).rejects.toMatchObject({ code: 'BULKHEAD_FULL', reason: 'shed' })
  })
})

describe('bulkhead().tryAcquire()', () => {
  it('takes no second slot when the rule for tiers takes the last one', () => {
    const taken: unknown[] = []
    let isAsked = false
    const slots = bulkhead({
      ...{ limit: 1, queue: 2, tiers: { paid: 0.5, free: 0.5 } },
      tierOf: () => {
        const wasAsked = isAsked
        isAsked = true
        if (!wasAsked) taken.push(slots.tryAcquire())
        return 'free'
      },
    })

    const permit = slots.tryAcquire()

    expect([permit, taken.length, slots.active]).toEqual([undefined, 1, 1])
  })
})
