import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { EmissionLedger } from './emission-ledger.ts'
import type { RateLimitEvent } from './rate-limiter-events.ts'
import type { RateLimiterOptions } from './rate-limiter-options.ts'
import { rateLimiter } from './rate-limiter.ts'
import { WindowLedger } from './window-ledger.ts'

const rule = { limit: 10, intervalMs: 1_000, burst: 10 }

describe('WindowLedger', () => {
  it.each([1, 9, 10])('lets %i be taken at once when nothing is', (cost) => {
    expect(new WindowLedger(rule).waitMs(cost, 5_000)).toBe(0)
  })

  it('lets all that is left be taken at once', () => {
    const ledger = new WindowLedger(rule)
    ledger.take(4, 5_000)

    expect([ledger.waitMs(6, 5_000), ledger.waitMs(7, 5_000)]).toEqual([0, 1_000])
  })

  it.each([
    ['within a tenth of the interval', 5_099, [8, 8, 10]],
    ['a tenth later', 5_100, [8, 9, 9]],
  ])('counts what is taken %s until the last of it is an interval old', (_, second, left) => {
    const ledger = new WindowLedger(rule)
    ledger.take(1, 5_000)
    ledger.take(1, second)

    expect([5_999, 6_000, 6_099].map((now) => ledger.remaining(now))).toEqual(left)
  })

  it('looks at the time when it is asked how long to wait', () => {
    const ledger = new WindowLedger(rule)
    ledger.take(10, 5_000)

    expect([ledger.waitMs(10, 5_999), ledger.waitMs(10, 6_000)]).toEqual([1, 0])
  })

  it('gives an even stream 10/11 of the limit', () => {
    const ledger = new WindowLedger({ limit: 1_000, intervalMs: 1_000, burst: 1_000 })
    let taken = 0
    for (let now = 0; now < 11_000; now += 0.95) if (ledger.take(1, now)) taken++

    expect(taken).toBeGreaterThanOrEqual(10_000)
  })
})

it('EmissionLedger tells how long more than a full bucket takes from now on, not from when it was last asked', () => {
  const ledger = new EmissionLedger(rule)
  ledger.take(1, 1_000)

  expect(ledger.waitMs(12, 90_000)).toBe(200)
})

function setUp(options: RateLimiterOptions) {
  const clock = new FakeClock()
  const events: RateLimitEvent[] = []
  const limiter = rateLimiter({ clock, onEvent: (event) => events.push(event), ...options })
  const line = pipeline({ policies: [limiter], clock })
  return { clock, events, limiter, line }
}

describe('rateLimiter()', () => {
  it('refuses who waits when the longest wait is over, though a lower limit would have it wait longer', async () => {
    const { clock, limiter, line } = setUp({ limit: 10, intervalMs: 100, burst: 1, queue: 5, maxWaitMs: 50 })
    await clock.advance(7_000)
    await line.run(() => 1)
    const ended = line.tryRun(() => 2).then(({ ok }) => [ok, clock.now()])
    limiter.limit = 1
    await clock.advance(1_000)

    expect(await ended).toEqual([false, 7_050])
  })

  it('says again that the limit is reached after somebody who waited was let in', async () => {
    const { clock, events, line } = setUp({ limit: 1, intervalMs: 100, queue: 1 })
    const calls = Array.from({ length: 3 }, () => line.tryRun(() => 1))
    await clock.advance(100)
    const later = Array.from({ length: 2 }, () => line.tryRun(() => 1))
    await clock.advance(100)
    await Promise.all([...calls, ...later])

    expect(events.map(({ type }) => type)).toEqual(['RateLimitReached', 'RateLimitReached'])
  })

  it('forgets no key for which somebody waits, though its time has come', async () => {
    const { clock, limiter, line } = setUp({ limit: 1, intervalMs: 100, queue: 5, maxKeys: 1 })
    let other: unknown
    clock.setTimer(100, () => {
      other = limiter.tryAcquire(1, 'other')
    })
    await line.run(() => 1, { key: 'a' })
    const waiting = line.run(() => clock.now(), { key: 'a' })
    await clock.advance(100)

    expect([await waiting, other, limiter.tryAcquire(1, 'a')]).toEqual([100, false, false])
  })

  it('names the burst that is less than a call takes', () => {
    const { limiter } = setUp({ limit: 10, cost: 5 })

    expect(() => (limiter.burst = 3)).toThrow("'burst' must be")
  })
})
