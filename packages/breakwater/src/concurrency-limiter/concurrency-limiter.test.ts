import { describe, expect, it } from 'vitest'
import { isLimitExceededError, LimitExceededError } from './concurrency-limiter-errors.ts'
import type { ConcurrencyEvent } from './concurrency-limiter-events.ts'
import type { ConcurrencyLimiterOptions } from './concurrency-limiter-options.ts'
import { concurrencyLimiter } from './concurrency-limiter.ts'
import type { ConcurrencyLimiter, LimitPermit } from './concurrency-limiter-api.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { aimd } from './aimd.ts'
import { vegas } from './vegas.ts'

const overloaded = Object.assign(new Error('busy'), { status: 503 })
const invalid = Object.assign(new Error('bad input'), { status: 400 })

/** Each call counts, so that a single one moves the limit: 10, up by one, down to nine. */
const eager = {
  algorithm: aimd({ window: false }),
  initialLimit: 10,
  minLimit: 1,
} satisfies ConcurrencyLimiterOptions

/** Keeps five calls running, so that at least half of the limit is used. */
function busy(clock: FakeClock, options: ConcurrencyLimiterOptions = {}): ConcurrencyLimiter {
  const limiter = concurrencyLimiter({ ...eager, clock, ...options })
  for (let i = 0; i < 5; i++) void limiter.run(() => clock.sleep(1_000_000))
  return limiter
}

const fail = (error: unknown) => (): never => {
  throw error
}

describe('concurrencyLimiter()', () => {
  it('admits n calls and refuses the n + 1st with what it knows', async () => {
    const clock = new FakeClock()
    const limiter = concurrencyLimiter({ name: 'search', initialLimit: 3, clock })
    const calls = [1, 2, 3].map((value) => limiter.run(() => clock.sleep(10).then(() => value)))

    const error = await limiter.run(() => 4, { criticality: 'high' }).catch((thrown: unknown) => thrown)
    await clock.advance(10)

    expect(error).toBeInstanceOf(LimitExceededError)
    expect(isLimitExceededError(error)).toBe(true)
    expect(error).toMatchObject({
      ...{ name: 'LimitExceededError', code: 'CONCURRENCY_LIMITED', policy: 'search' },
      ...{ limit: 3, active: 3, queued: 0, waitedMs: 0 },
      message: "Concurrency limit of 'search' is reached: 3 calls of 3 run",
    })
    expect(await Promise.all(calls)).toEqual([1, 2, 3])
    expect(limiter.stats()).toEqual({
      counters: { admitted: 3, rejected: 1, dropped: 0 },
      gauges: { active: 0, queued: 0, limit: 3 },
    })
  })

  it.each([
    { what: 'a success', work: () => 1, limit: 11 },
    { what: 'HTTP 503', work: fail(overloaded), limit: 9 },
    { what: 'HTTP 429', work: fail({ statusCode: 429 }), limit: 9 },
    { what: 'AbortSignal.timeout', work: fail(new DOMException('late', 'TimeoutError')), limit: 9 },
    { what: 'HTTP 400', work: fail(invalid), limit: 10 },
    { what: 'a thrown string', work: fail('no'), limit: 10 },
    {
      what: 'a foreign rejection',
      work: fail(new ResilienceError('full', { code: 'BULKHEAD_FULL' })),
      limit: 10,
    },
  ])('$what makes a limit of 10 one of $limit', async ({ work, limit }) => {
    const limiter = busy(new FakeClock())

    await limiter.run<unknown>(work).catch(() => undefined)

    expect(limiter.limit).toBe(limit)
  })

  it('a timeout inside it, or around it, is a drop', async () => {
    const clock = new FakeClock()
    const inside = busy(clock)
    const around = busy(clock)
    const hang = (): Promise<void> => clock.sleep(60_000)
    const calls = [
      pipeline({ policies: [inside, timeout({ ms: 100 })], clock }).tryRun(hang),
      pipeline({ policies: [timeout({ ms: 100 }), around], clock }).tryRun(hang),
    ]

    await clock.advance(100)
    await Promise.all(calls)

    expect([inside.limit, around.limit]).toEqual([9, 9])
    expect([inside.dropped, around.dropped]).toEqual([1, 1])
  })

  it('a place is held until the work has ended, not until the caller was let go', async () => {
    const clock = new FakeClock()
    const limiter = concurrencyLimiter({ ...eager, initialLimit: 1, clock })
    const line = pipeline({ policies: [timeout({ ms: 100 }), limiter], clock })
    const call = line.tryRun(() => clock.sleep(500))

    await clock.advance(100)
    await call
    const held = [limiter.active, limiter.tryAcquire()]
    await clock.advance(400)

    expect(held).toEqual([1, undefined])
    expect(limiter.active).toBe(0)
  })

  it('refusals, its own and those of policies inside, are neither drops nor samples', async () => {
    const clock = new FakeClock()
    const limiter = busy(clock)
    const full = bulkhead({ limit: 1 })
    full.tryAcquire()
    const line = pipeline({ policies: [limiter, full], clock })

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => line.tryRun(() => 1)))

    expect(outcomes.every(({ ok }) => !ok)).toBe(true)
    expect([limiter.limit, limiter.dropped]).toEqual([10, 0])
  })

  it('a refusal by a policy inside says nothing either to rules that would take every error', async () => {
    const clock = new FakeClock()
    const limiter = busy(clock, { isDrop: () => true, isIgnored: () => false })
    const full = bulkhead({ limit: 1 })
    full.tryAcquire()

    await pipeline({ policies: [limiter, full], clock }).tryRun(() => 1)

    expect([limiter.limit, limiter.dropped]).toEqual([10, 0])
  })

  it.each([NaN, Infinity, -Infinity])('an algorithm that says %d leaves the limit alone', async (said) => {
    const bounds = { initialLimit: 2, minLimit: 1, maxLimit: 10 }
    const algorithm = { name: 'own', bounds, window: undefined, start: () => ({ update: () => said }) }
    const limiter = concurrencyLimiter({ algorithm, clock: new FakeClock() })

    await limiter.run(() => 1)

    expect(limiter.limit).toBe(2)
  })

  it('an abort by the caller says nothing', async () => {
    const clock = new FakeClock()
    const limiter = busy(clock)
    const caller = new AbortController()
    const call = limiter.run(() => clock.sleep(100), { signal: caller.signal }).catch(() => 'aborted')

    caller.abort()
    await call
    await clock.advance(100)

    expect([limiter.limit, limiter.active]).toEqual([10, 5])
  })

  it('isDrop and isIgnored decide on errors; one that throws says no', async () => {
    const clock = new FakeClock()
    const measured = busy(clock, { isDrop: () => false, isIgnored: () => false })
    const own = busy(clock, { isDrop: (error) => error === invalid })
    const broken = busy(clock, {
      isDrop: () => {
        throw new Error('rule bug')
      },
    })

    await Promise.allSettled([measured, own, broken].map((limiter) => limiter.run(fail(invalid))))

    expect([measured.limit, own.limit, broken.limit]).toEqual([11, 9, 10])
  })

  it('an algorithm that throws leaves the limit and the call alone', async () => {
    const algorithm = vegas({
      window: false,
      threshold: () => {
        throw new Error('formula bug')
      },
    })
    const clock = new FakeClock()
    const limiter = concurrencyLimiter({ algorithm, initialLimit: 2, clock })
    const calls = [10, 20].map((ms) => limiter.run(() => clock.sleep(ms).then(() => ms)))

    await clock.advance(20)

    expect(await Promise.all(calls)).toEqual([10, 20])
    expect(limiter.limit).toBe(2)
  })

  it('tells the first refusal since there was room, and each change of the limit', async () => {
    const clock = new FakeClock()
    const events: ConcurrencyEvent[] = []
    const options = { ...eager, initialLimit: 1, clock, name: 'db' }
    const limiter = concurrencyLimiter({ ...options, onEvent: (event) => events.push(event) })
    const permit = limiter.tryAcquire()
    await Promise.allSettled([limiter.run(() => 1), limiter.run(() => 2)])

    permit?.succeed()

    expect(events).toEqual([
      { type: 'LimitExceeded', policy: 'db', limit: 1, active: 1, queued: 0 },
      { type: 'LimitChanged', policy: 'db', from: 1, to: 2, active: 1 },
    ])
  })

  it.each([
    { end: (permit: LimitPermit) => permit.succeed(), limit: 2 },
    { end: (permit: LimitPermit) => permit.drop(), limit: 1 },
    { end: (permit: LimitPermit) => permit.ignore(), limit: 1 },
  ])('a permit by hand ends once: limit $limit', ({ end, limit }) => {
    const limiter = concurrencyLimiter({ ...eager, initialLimit: 1, clock: new FakeClock() })
    const permit = limiter.tryAcquire()
    if (permit === undefined) throw new Error('expected a permit')

    end(permit)
    end(permit)

    expect([limiter.limit, limiter.active, limiter.admitted]).toEqual([limit, 0, 1])
  })

  it.each([
    [{ maxLimit: 10 }, { first: 10 }],
    [{ minLimit: 50 }, { first: 50 }],
    [{ initialLimit: 5 }, { first: 5 }],
    [{ initialLimit: 500 }, { first: 500 }],
  ])('bounds that are not given give way: %j starts at %j', (options, { first }) => {
    expect(concurrencyLimiter(options).limit).toBe(first)
  })

  it.each([
    [{ minLimit: 5, maxLimit: 4 }, /'maxLimit' must be a number >= 5/],
    [{ initialLimit: 4, minLimit: 5 }, /'initialLimit' must be a number >= 5/],
    [{ maxWaitMs: 0 }, /'maxWaitMs' must be a number >= 1/],
    [{ order: 'random' }, /'order' must be 'fifo' or 'lifo'/],
    [{ shares: { high: 0.6, low: 0.5 } }, /'shares' must be a number >= 0 and <= 1/],
    [{ shares: { urgent: 0.5 } }, /'urgent' is not an option of it/],
    [{ algorithm: {} }, /'algorithm.start' must be a function/],
    [{ limit: 5 }, /'limit' is not an option of it/],
  ])('does not take %j', (options, message) => {
    expect(() => concurrencyLimiter(options as ConcurrencyLimiterOptions)).toThrow(message)
  })
})
