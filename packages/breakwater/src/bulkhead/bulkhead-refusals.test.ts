import { describe, expect, it } from 'vitest'
import { ResilienceError } from '../faults/resilience-error.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { bulkhead } from './bulkhead.ts'
import { BulkheadFullError, isBulkheadFullError } from './bulkhead-errors.ts'
import type { BulkheadOptions } from './bulkhead-options.ts'

const hang = (): Promise<never> => new Promise(() => undefined)

function scene(options: BulkheadOptions) {
  const clock = new FakeClock()
  const slots = bulkhead({ name: 'smtp', clock, ...options })
  return { clock, slots, line: pipeline({ policies: [slots], clock }) }
}

describe('a refusal of bulkhead()', () => {
  it('on arrival has its facts, before and after it is an error', async () => {
    const { line } = scene({ limit: 1, queue: 2 })
    for (let i = 0; i < 3; i++) void line.tryRun(hang)

    const outcome = await line.tryRun(hang)

    expect(outcome).toMatchObject({
      ok: false,
      error: {
        ...{ name: 'BulkheadFullError', code: 'BULKHEAD_FULL', policy: 'smtp', limit: 1, queued: 2 },
        ...{ reason: 'full', waitedMs: 0 },
        message: "Bulkhead 'smtp' is full: 1 calls run and 2 more wait",
      },
      rejection: { code: 'BULKHEAD_FULL', policy: 'smtp', retryAfterMs: undefined },
    })
  })

  it('after a wait has its facts, before and after it is an error', async () => {
    const { clock, line } = scene({ limit: 1, queue: 2, maxWaitMs: 50.4 })
    void line.tryRun(hang)
    const waited = line.tryRun(hang)
    await clock.advance(60)

    expect(await waited).toMatchObject({
      ok: false,
      error: {
        ...{ name: 'BulkheadFullError', code: 'BULKHEAD_FULL', policy: 'smtp', limit: 1, queued: 0 },
        ...{ reason: 'waited', waitedMs: 50.4 },
        message: "Bulkhead 'smtp' is full: 1 calls run; this call waited for 50 ms",
      },
      rejection: { code: 'BULKHEAD_FULL', policy: 'smtp', retryAfterMs: undefined },
    })
  })

  it('of low criticality during a breach says so', async () => {
    const { clock, slots } = scene({ limit: 1, breach: { maxHoldMs: 10, mitigation: 'shed-low' } })
    slots.tryAcquire()
    await clock.advance(10)

    await expect(slots.run(() => 1, { criticality: 'low' })).rejects.toMatchObject({
      ...{ reason: 'shed', waitedMs: 0 },
      message: "Bulkhead 'smtp' sheds calls of low criticality as its slots do not come back",
    })
  })

  it('is known by its code, of whatever copy of the library; other errors are not', () => {
    const facts = { policy: 'smtp', limit: 1, queued: 0, reason: 'full', waitedMs: 0 } as const

    expect(isBulkheadFullError(new BulkheadFullError(facts))).toBe(true)
    expect(isBulkheadFullError(new ResilienceError('other', { code: 'OTHER' }))).toBe(false)
    expect(
      [new Error('BULKHEAD_FULL'), { code: 'BULKHEAD_FULL' }, undefined].map(isBulkheadFullError),
    ).toEqual([...[false, false, false]])
  })

  it('tells a listener once with the numbers, and no more once it has left', async () => {
    const events: unknown[] = []
    const { slots } = scene({ limit: 1, onEvent: (event) => events.push(event) })
    const later: string[] = []
    const leave = slots.on(({ type }) => later.push(type))
    const permit = slots.tryAcquire()
    await slots.run(() => 1).catch(() => undefined)
    leave()
    permit?.release()
    slots.tryAcquire()
    await slots.run(() => 1).catch(() => undefined)

    const saturated = { type: 'BulkheadSaturated', policy: 'smtp', limit: 1, queue: 0 }
    expect([events, later]).toEqual([[saturated, saturated], ['BulkheadSaturated']])
  })

  it('that sheds is no sign of being full', async () => {
    const events: unknown[] = []
    const { clock, slots } = scene({
      ...{ limit: 2, breach: { maxHoldMs: 10, mitigation: 'shed-low' } },
      onEvent: (event) => events.push(event),
    })
    slots.tryAcquire()
    await clock.advance(10)

    await slots.run(() => 1, { criticality: 'low' }).catch(() => undefined)

    expect([events, slots.rejected, slots.dropped]).toEqual([[], 1, 0])
  })

  it('takes no permit by hand while others wait, nor when none is free', async () => {
    const { slots } = scene({ limit: 1, queue: 1 })
    const permit = slots.tryAcquire()
    const waiting = slots.run(() => 'ran')
    const full = slots.tryAcquire()
    permit?.release()

    expect([permit === undefined, full, await waiting]).toEqual([false, undefined, 'ran'])
    expect([slots.active, slots.admitted, slots.rejected]).toEqual([0, 2, 0])
  })

  it('of a limit that is set names the bulkhead and the value', () => {
    const { slots } = scene({ limit: 2 })

    expect(() => (slots.limit = 1.5)).toThrow("Cannot create bulkhead as 'limit' must be an integer >= 1")
  })

  it('keeps the clock of the first pipeline that it stands in', async () => {
    const [first, second] = [new FakeClock(), new FakeClock()]
    const slots = bulkhead({ limit: 1, queue: 1, maxWaitMs: 50 })
    const line = pipeline({ policies: [slots], clock: first })
    pipeline({ policies: [slots], clock: second })
    slots.tryAcquire()
    const waited = line.tryRun(() => 1)

    await first.advance(50)

    expect(await waited).toMatchObject({ ok: false, error: { reason: 'waited' } })
  })

  it('runs work that ends at once for all who wait, without one inside the other', async () => {
    const { slots } = scene({ limit: 1, queue: 20_000 })
    const permit = slots.tryAcquire()
    let ran = 0
    const calls = Array.from({ length: 20_000 }, () => slots.run(() => ran++))

    permit?.release()
    await Promise.all(calls)

    expect([ran, slots.active, slots.queued]).toEqual([20_000, 0, 0])
  })
})
