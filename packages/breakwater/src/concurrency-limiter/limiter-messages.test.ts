import { describe, expect, it } from 'vitest'
import { ResilienceError } from '../faults/resilience-error.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { aimd } from './aimd.ts'
import { isLimitExceededError, LimitExceededError } from './concurrency-limiter-errors.ts'
import { concurrencyLimiter } from './concurrency-limiter.ts'
import { gradient2 } from './gradient2.ts'
import { isOverload } from './overload-error.ts'
import { vegas } from './vegas.ts'

const ours = (code: string): ResilienceError => new ResilienceError('refused', { code })
const facts = { policy: 'db', limit: 2, active: 2, criticality: 'normal', queued: 0, waitedMs: 0 } as const

describe('isOverload()', () => {
  it.each([
    { ...{ what: 'a timeout of ours', error: ours('TIMEOUT') }, is: true },
    { ...{ what: 'another refusal of ours', error: ours('CIRCUIT_OPEN') }, is: false },
    {
      ...{ what: 'a refusal of ours that has a status', error: Object.assign(ours('X'), { status: 503 }) },
      is: false,
    },
    { ...{ what: 'AbortSignal.timeout', error: new DOMException('late', 'TimeoutError') }, is: true },
    { ...{ what: 'HTTP 429', error: { statusCode: 429 } }, is: true },
    { ...{ what: 'HTTP 500', error: { status: 500 } }, is: false },
    { ...{ what: 'null', error: null }, is: false },
    { ...{ what: 'undefined', error: undefined }, is: false },
    { ...{ what: 'text', error: 'busy' }, is: false },
  ])('of $what: $is', ({ error, is }) => {
    expect(isOverload(error)).toBe(is)
  })
})

describe('LimitExceededError', () => {
  it.each([
    [{}, "Concurrency limit of 'db' is reached: 2 calls of 2 run"],
    [{ queued: 3 }, "Concurrency limit of 'db' is reached: 2 calls of 2 run and 3 more wait"],
    [{ waitedMs: 9.6 }, "Concurrency limit of 'db' is reached after a wait of 10 ms: 2 calls of 2 run"],
  ])('says how full it was: %j', (more, message) => {
    expect(new LimitExceededError({ ...facts, ...more }).message).toBe(message)
  })

  it('is told from other refusals and from what is no error', () => {
    const values = [new LimitExceededError(facts), ours('TIMEOUT'), { code: 'CONCURRENCY_LIMITED' }, null]

    expect(values.map((value) => isLimitExceededError(value))).toEqual([true, false, false, false])
  })
})

it('concurrencyLimiter() is known by its kind, and its algorithms by their names', () => {
  const limiter = concurrencyLimiter()

  expect([limiter.kind, limiter.name]).toEqual(['concurrency-limiter', 'concurrency-limiter'])
  expect([aimd(), vegas(), gradient2()].map(({ name }) => name)).toEqual(['aimd', 'vegas', 'gradient2'])
})

it.each([
  [() => aimd({ wrong: 1 } as never), 'Cannot create AIMD as'],
  [() => vegas({ wrong: 1 } as never), 'Cannot create Vegas as'],
  [() => gradient2({ wrong: 1 } as never), 'Cannot create Gradient2 as'],
  [() => aimd({ timeoutMs: 0 }), "Cannot create AIMD as 'timeoutMs'"],
  [() => aimd({ window: null as never }), 'Cannot create AIMD window as its options must be an object'],
  [() => aimd({ window: { minSamples: 0 } }), "Cannot create AIMD window as 'minSamples'"],
  [() => aimd({ window: { maxMs: 99 } }), "Cannot create AIMD window as 'maxMs' must be a number >= 100"],
  [() => aimd({ window: { maxMs: 60_001 } }), "'maxMs' must be a number >= 100 and <= 60000"],
  [() => aimd({ window: { minMs: 500, maxMs: 499 } }), "'maxMs' must be a number >= 500"],
  [() => gradient2({ queueSize: 'long' as never }), "Cannot create Gradient2 as 'queueSize'"],
  [() => gradient2({ queueSize: -1 }), "Cannot create Gradient2 as 'queueSize' must be a number >= 0"],
  [() => gradient2({ smoothing: 0 }), "Cannot create Gradient2 as 'smoothing'"],
  [() => gradient2({ longWindow: 1.5 }), "Cannot create Gradient2 as 'longWindow' must be an integer >= 1"],
  [() => gradient2({ window: { minRttMs: -1 } }), "Cannot create Gradient2 window as 'minRttMs'"],
  [() => vegas({ smoothing: 0 }), "Cannot create Vegas as 'smoothing'"],
  [() => vegas({ alpha: -1 }), "Cannot create Vegas as 'alpha' must be a number >= 0"],
  [() => vegas({ window: { minMs: 99 } }), "Cannot create Vegas window as 'minMs'"],
  [() => vegas({ increase: 1 as never }), "Cannot create Vegas as 'increase' must be a function"],
  [() => vegas({ decrease: 1 as never }), "Cannot create Vegas as 'decrease' must be a function"],
  [
    () => concurrencyLimiter({ algorithm: {} as never }),
    "Cannot create concurrency limiter as 'algorithm.start'",
  ],
  [() => concurrencyLimiter({ random: {} as never }), "'random.next'"],
  [() => concurrencyLimiter({ clock: { now: () => 0 } as never }), "'clock.deadlines'"],
  [() => concurrencyLimiter({ shares: { low: 2 } }), "Cannot create concurrency limiter shares as 'low'"],
])('wrong options are refused by field and value: %#', (make, message) => {
  expect(make).toThrow(message)
})

it.each([
  [{}, { minMs: 100, maxMs: 1_000 }],
  [{ maxMs: 3_000 }, { minMs: 100, maxMs: 3_000 }],
  [{ minMs: 500 }, { minMs: 500, maxMs: 1_000 }],
  [{ minMs: 5_000 }, { minMs: 5_000, maxMs: 5_000 }],
])('a window of %j is one of %j', (window, filled) => {
  expect(aimd({ window }).window).toEqual({ ...filled, minSamples: 10, minRttMs: 0.1 })
})

it('a pipeline is told the refusal of a concurrencyLimiter() by its code', async () => {
  const limiter = concurrencyLimiter({ name: 'db', initialLimit: 1, clock: new FakeClock() })
  limiter.tryAcquire()

  const outcome = await pipeline({ policies: [limiter] }).tryRun(() => 1)

  const facts = { code: 'CONCURRENCY_LIMITED', policy: 'db' }
  expect(outcome).toMatchObject({ ok: false, rejection: facts, error: { ...facts, criticality: 'normal' } })
})

it('concurrencyLimiter() tells listeners of refusals until they unsubscribe', async () => {
  const limiter = concurrencyLimiter({ initialLimit: 1, minLimit: 1, maxLimit: 1, clock: new FakeClock() })
  const told: string[] = []
  const off = limiter.on(({ type }) => told.push(type))
  const permit = limiter.tryAcquire()
  await limiter.run(() => 1).catch(() => 0)
  permit?.ignore()
  await limiter.run(() => 1)
  off()
  limiter.tryAcquire()
  await limiter.run(() => 1).catch(() => 0)

  expect([told, limiter.rejected]).toEqual([['LimitExceeded'], 2])
})
