import { describe, expect, it } from 'vitest'
import type { Criticality } from '../pipeline/call-context.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { bulkhead } from './bulkhead.ts'

const never = (): Promise<never> => new Promise(() => undefined)

describe('bulkhead({ maxWaitMs })', () => {
  it.each([
    [49, 'done'],
    [50, 'refused'],
    [51, 'refused'],
  ])('of 50 ms: a call whose slot comes free after %d ms is %s', async (freeAt, end) => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 1, maxWaitMs: 50, clock })
    const ended = slots.run(() => 'done').catch(() => 'refused')
    const permit = slots.tryAcquire()
    const waited = slots.run(() => 'done').catch(() => 'refused')
    clock.setTimer(freeAt, () => permit?.release())

    await clock.advance(100)

    expect([await ended, await waited]).toEqual(['done', end])
    expect([slots.active, slots.queued, slots.dropped]).toEqual([0, 0, end === 'done' ? 0 : 1])
    clock.expectIdle()
  })

  it('refuses with the facts', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ name: 'smtp', limit: 1, queue: 2, maxWaitMs: 50, clock })
    slots.tryAcquire()
    const ended = slots.run(() => 1).catch((error: unknown) => error)

    await clock.advance(50)

    expect(await ended).toMatchObject({
      message: "Bulkhead 'smtp' is full: 1 calls run; this call waited for 50 ms",
      ...{ code: 'BULKHEAD_FULL', policy: 'smtp', reason: 'waited', waitedMs: 50 },
    })
  })

  it('uses the clock of the pipeline that it stands in', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 1, maxWaitMs: 50 })
    const line = pipeline({ policies: [slots], clock })
    slots.tryAcquire()
    const ended = line.tryRun(() => 1)

    await clock.advance(50)

    expect(await ended).toMatchObject({ ok: false, rejection: { code: 'BULKHEAD_FULL' } })
  })

  it('a call that aborts while it waits leaves at once, with its reason, and no timer', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 2, maxWaitMs: 50, clock })
    slots.tryAcquire()
    const caller = new AbortController()
    const ended = slots.run(() => 1, { signal: caller.signal })
    await clock.settle()

    caller.abort(new Error('gone'))

    await expect(ended).rejects.toThrow('gone')
    expect([slots.queued, slots.rejected]).toEqual([0, 0])
    clock.expectIdle()
  })
})

describe("bulkhead({ order: 'criticality' })", () => {
  const waitAs = async (maxOvertakes: number, order: readonly Criticality[]): Promise<number[]> => {
    const slots = bulkhead({ limit: 1, queue: 50, order: 'criticality', maxOvertakes })
    const permit = slots.tryAcquire()
    const started: number[] = []
    const calls = order.map((criticality, i) => slots.run(() => started.push(i), { criticality }))
    permit?.release()
    await Promise.all(calls)
    return started
  }

  it('lets critical calls in first, and those of a class in order of arrival', async () => {
    const order: Criticality[] = ['low', 'normal', 'critical', 'high', 'critical', 'normal']

    expect(await waitAs(16, order)).toEqual([2, 4, 3, 1, 5, 0])
  })

  it.each([
    [0, [0, 1, 2, 3, 4]],
    [1, [1, 0, 2, 3, 4]],
    [3, [1, 2, 3, 0, 4]],
    [4, [1, 2, 3, 4, 0]],
  ])('overtakes the call that waited longest at most %d times in a row', async (maxOvertakes, order) => {
    expect(await waitAs(maxOvertakes, ['low', 'high', 'high', 'high', 'high'])).toEqual(order)
  })

  it('takes a criticality that it does not know for normal', async () => {
    expect(await waitAs(16, ['low', 'urgent' as Criticality, 'high'])).toEqual([2, 1, 0])
  })

  it('drops the newest of the least critical from a full queue, with the facts', async () => {
    const slots = bulkhead({ name: 'smtp', limit: 1, queue: 2, order: 'criticality' })
    slots.tryAcquire()
    void slots.run(never, { criticality: 'low' })
    const ended = slots.run(never, { criticality: 'low' }).catch((error: unknown) => error)

    void slots.run(never, { criticality: 'normal' })

    expect(await ended).toMatchObject({
      message:
        "Bulkhead 'smtp' is full: 1 calls run and 1 more wait; a call with the better right took this one's place",
      code: 'BULKHEAD_FULL',
      reason: 'displaced',
    })
    expect([slots.queued, slots.rejected, slots.dropped]).toEqual([2, 1, 1])
  })

  it('a listener that frees the slot while a call makes room lets that call run at once', async () => {
    const permits: (() => void)[] = []
    const slots = bulkhead({
      ...{ limit: 1, queue: 1, order: 'criticality' },
      onEvent: () => permits.pop()?.(),
    })
    const permit = slots.tryAcquire()
    permits.push(() => permit?.release())
    const dropped = slots.run(() => 'low', { criticality: 'low' }).catch(() => 'dropped')

    const ended = slots.run(() => 'critical', { criticality: 'critical' })

    expect([await dropped, await ended]).toEqual(['dropped', 'critical'])
    expect([slots.active, slots.queued]).toEqual([0, 0])
  })
})

describe('bulkhead() gauge of abandoned work', () => {
  it.each([{}, { breach: {} }])(
    'counts slots whose caller was let go, until the work ends: %j',
    async (options) => {
      const clock = new FakeClock()
      const slots = bulkhead({ limit: 3, clock, ...options })
      const caller = new AbortController()
      void slots.run(() => clock.sleep(100), { signal: caller.signal }).catch(() => undefined)
      void slots.run(() => clock.sleep(100))
      await clock.settle()

      caller.abort()
      const before = [slots.active, slots.abandoned]
      await clock.advance(100)

      expect([before, [slots.active, slots.abandoned]]).toEqual([
        [2, 1],
        [0, 0],
      ])
    },
  )

  it('leaves out permits that were given back, also by a second release', () => {
    const slots = bulkhead({ limit: 3, breach: {} })
    const permit = slots.tryAcquire()
    slots.tryAcquire()

    permit?.release()
    permit?.release()

    expect([slots.active, slots.abandoned]).toEqual([1, 0])
  })

  it('counts one slot around a retry that has gone on from abandoned work only when the call has ended', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 3 })
    const line = pipeline({
      policies: [slots, retry({ backoff: fixed({ delayMs: 0 }) }), timeout({ ms: 10 })],
      clock,
    })
    let attempts = 0
    const ended = line.run(() => (attempts++ === 0 ? clock.sleep(100) : clock.sleep(5)))
    const seen: number[][] = []

    await clock.advance(12)
    seen.push([slots.active, slots.abandoned])
    await clock.advance(5)
    await ended
    seen.push([slots.active, slots.abandoned])
    await clock.advance(100)
    seen.push([slots.active, slots.abandoned])

    expect(seen).toEqual([
      [1, 0],
      [1, 1],
      [0, 0],
    ])
  })

  it('counts each abandoned attempt inside a retry', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 9 })
    const policies = [retry({ maxRetries: 2, backoff: fixed({ delayMs: 0 }) }), slots, timeout({ ms: 10 })]
    const ended = pipeline({ policies, clock }).tryRun(() => clock.sleep(1_000))

    await clock.advance(50)
    const after = [(await ended).ok, slots.active, slots.abandoned, slots.stats().gauges['abandoned']]
    await clock.advance(1_000)

    expect(after).toEqual([false, 3, 3, 3])
    expect([slots.active, slots.abandoned]).toEqual([0, 0])
  })
})
