import { getEventListeners } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Criticality } from '../pipeline/call-context.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { aimd } from './aimd.ts'
import type { ConcurrencyLimiter, LimitPermit } from './concurrency-limiter-api.ts'
import type { ConcurrencyLimiterOptions, LimitShares } from './concurrency-limiter-options.ts'
import { concurrencyLimiter } from './concurrency-limiter.ts'

/** An algorithm whose limit stands still, as Netflix' `FixedLimit`. */
const still = {
  name: 'still',
  bounds: { initialLimit: 10, minLimit: 1, maxLimit: 100 },
  window: undefined,
  start: ({ initialLimit }: { initialLimit: number }) => ({ update: () => initialLimit }),
}
const batchAndLive: LimitShares = { low: 0.3, critical: 0.7 }

const acquire = (limiter: ConcurrencyLimiter, criticality: Criticality, times: number): number =>
  Array.from({ length: times }, () => limiter.tryAcquire(criticality)).filter(
    (permit) => permit !== undefined,
  ).length

const shared = (): ConcurrencyLimiter =>
  concurrencyLimiter({ algorithm: still, shares: batchAndLive, clock: new FakeClock() })

describe('concurrencyLimiter() with shares, on the vectors of Netflix AbstractPartitionedLimiterTest', () => {
  it('useExcessCapacityUntilTotalLimit: low takes all 10, not 11', () => {
    expect(acquire(shared(), 'low', 11)).toBe(10)
  })

  it('exceedTotalLimitForUnusedBin: low takes 10, then critical its 7 all the same', () => {
    const limiter = shared()

    expect([acquire(limiter, 'low', 11), acquire(limiter, 'critical', 8)]).toEqual([10, 7])
  })

  it('rejectOnceAllLimitsReached: 3 low and 7 critical, then neither', () => {
    const limiter = shared()
    const first = [acquire(limiter, 'low', 3), acquire(limiter, 'critical', 7)]

    expect([...first, acquire(limiter, 'low', 1), acquire(limiter, 'critical', 1)]).toEqual([3, 7, 0, 0])
  })

  it('releaseLimit: a place that low gives back is for low again', () => {
    const limiter = shared()
    const permit = limiter.tryAcquire('low')
    const rest = acquire(limiter, 'low', 10)
    permit?.succeed()

    expect([rest, acquire(limiter, 'low', 1), limiter.active]).toEqual([9, 1, 10])
  })

  it('a criticality without a share gets nothing once the limit is reached', () => {
    const limiter = shared()

    expect([acquire(limiter, 'high', 12), acquire(limiter, 'normal', 1)]).toEqual([10, 0])
  })
})

describe('concurrencyLimiter() with a queue', () => {
  async function order(options: ConcurrencyLimiterOptions): Promise<string[]> {
    const clock = new FakeClock()
    const limiter = concurrencyLimiter({ algorithm: still, initialLimit: 1, queue: 3, clock, ...options })
    const names: string[] = []
    const call = (name: string): Promise<unknown> => limiter.run(() => (names.push(name), clock.sleep(10)))
    const calls = ['a', 'b', 'c', 'd'].map(call)
    await clock.advance(1_000)
    await Promise.all(calls)
    clock.expectIdle()
    return names
  }

  it('fifo lets in who waited longest', async () => {
    expect(await order({ order: 'fifo' })).toEqual(['a', 'b', 'c', 'd'])
  })

  it('lifo lets in who came last', async () => {
    expect(await order({ order: 'lifo' })).toEqual(['a', 'd', 'c', 'b'])
  })

  it('n may wait, the n + 1st is refused at once', async () => {
    const clock = new FakeClock()
    const limiter = concurrencyLimiter({ algorithm: still, initialLimit: 1, queue: 2, clock })
    const calls = Array.from({ length: 4 }, () => limiter.run(() => clock.sleep(10)))

    const refused = await Promise.race(calls.map((call, i) => call.catch(() => i)))
    const queued = limiter.queued
    await clock.advance(30)
    await Promise.allSettled(calls)

    expect([refused, queued, limiter.admitted]).toEqual([3, 2, 3])
  })

  it('refuses who waited too long, and says how long', async () => {
    const clock = new FakeClock()
    const limiter = concurrencyLimiter({ algorithm: still, initialLimit: 1, queue: 1, maxWaitMs: 50, clock })
    limiter.tryAcquire()
    const waiting = limiter.run(() => 1).catch((error: unknown) => error)

    await clock.advance(50)

    expect(await waiting).toMatchObject({ code: 'CONCURRENCY_LIMITED', waitedMs: 50 })
    expect([limiter.queued, limiter.rejected]).toEqual([0, 1])
    clock.expectIdle()
  })

  it('an abort leaves the queue at once and frees its place in it', async () => {
    const clock = new FakeClock()
    const limiter = concurrencyLimiter({ algorithm: still, initialLimit: 1, queue: 1, clock })
    const caller = new AbortController()
    const permit = limiter.tryAcquire()
    const first = limiter.run(() => 'first', { signal: caller.signal }).catch((error: unknown) => error)

    caller.abort('left')
    const second = limiter.run(() => 'second')
    permit?.ignore()

    expect([await first, await second]).toEqual(['left', 'second'])
    expect(getEventListeners(caller.signal, 'abort')).toEqual([])
    clock.expectIdle()
  })

  it('a rising limit lets waiting calls in', async () => {
    const clock = new FakeClock()
    const limiter = concurrencyLimiter({
      algorithm: aimd({ window: false }),
      initialLimit: 1,
      queue: 5,
      clock,
    })
    const permit = limiter.tryAcquire()
    const calls = [1, 2].map((value) => limiter.run(() => clock.sleep(1).then(() => value)))

    permit?.succeed()
    const running = limiter.active
    await clock.advance(1)

    expect([running, limiter.limit]).toEqual([2, 4])
    expect(await Promise.all(calls)).toEqual([1, 2])
  })

  it('newcomers do not overtake, and a thousand that end at once do not recurse', async () => {
    const clock = new FakeClock()
    const limiter = concurrencyLimiter({ algorithm: still, initialLimit: 1, queue: 20_000, clock })
    const permit = limiter.tryAcquire()
    const ran: number[] = []
    const calls = Array.from({ length: 20_000 }, (_, i) => limiter.run(() => ran.push(i)))
    const overtaking = limiter.tryAcquire()

    permit?.ignore()
    await Promise.all(calls)

    expect(overtaking).toBeUndefined()
    expect(ran).toEqual(Array.from({ length: 20_000 }, (_, i) => i))
  })

  it('critical calls wait before a share of theirs only as long as that is used up', async () => {
    const clock = new FakeClock()
    const options = { algorithm: still, initialLimit: 2, queue: 5, clock }
    const limiter = concurrencyLimiter({ ...options, shares: { critical: 0.5 } })
    const starts: string[] = []
    const call = (name: string, criticality: Criticality): Promise<unknown> =>
      limiter.run(() => (starts.push(name), clock.sleep(10)), { criticality })
    const calls = [call('low-1', 'low'), call('low-2', 'low'), call('low-3', 'low')]

    calls.push(call('critical-1', 'critical'), call('critical-2', 'critical'))
    const atOnce = [...starts]
    await clock.advance(100)
    await Promise.all(calls)

    expect(atOnce).toEqual(['low-1', 'low-2', 'critical-1'])
    expect(starts).toEqual(['low-1', 'low-2', 'critical-1', 'low-3', 'critical-2'])
  })

  it('books are even after any mix of admissions, ends, waits and aborts', async () => {
    const steps = fc.array(fc.constantFrom('take', 'end', 'wait', 'abort'), { maxLength: 120 })
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 4 }), async (list, initialLimit) => {
        const clock = new FakeClock()
        const limiter = concurrencyLimiter({ algorithm: still, initialLimit, queue: 5, clock })
        const permits: LimitPermit[] = []
        const callers: AbortController[] = []
        const calls: Promise<unknown>[] = []
        const most: number[] = [0]
        for (const step of list) {
          const permit = step === 'take' ? limiter.tryAcquire() : undefined
          if (permit !== undefined) permits.push(permit)
          if (step === 'end') permits.shift()?.succeed()
          if (step === 'abort') callers.shift()?.abort()
          if (step === 'wait') {
            const caller = new AbortController()
            callers.push(caller)
            calls.push(limiter.run(() => clock.sleep(100), { signal: caller.signal }).catch(() => 0))
          }
          most.push(limiter.active)
        }
        for (const permit of permits) permit.ignore()
        await clock.advance(5_000)
        await Promise.all(calls)

        expect(Math.max(...most)).toBeLessThanOrEqual(initialLimit)
        expect([limiter.active, limiter.queued]).toEqual([0, 0])
        clock.expectIdle()
      }),
      { numRuns: 60 },
    )
  })
})
