import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { EmissionLedger } from './emission-ledger.ts'
import type { RateLimiter } from './rate-limiter-api.ts'
import { isRateLimitError } from './rate-limiter-errors.ts'
import { rateLimiter } from './rate-limiter.ts'
import type { RateLimiterOptions } from './rate-limiter-options.ts'

const intervalMs = 1_000

function setUp(options: RateLimiterOptions): { clock: FakeClock; limiter: RateLimiter } {
  const clock = new FakeClock()
  return { clock, limiter: rateLimiter({ intervalMs, clock, ...options }) }
}

/** How many calls are admitted now, one by one. */
function admitted(limiter: RateLimiter): number {
  let count = 0
  while (limiter.tryAcquire()) count++
  return count
}

describe('the limit of a rate limiter that is set while it runs', () => {
  it('admits the difference at once when it is raised: what was taken stays taken', () => {
    const { limiter } = setUp({ limit: 2 })
    const before = admitted(limiter)

    limiter.limit = 5

    expect([before, admitted(limiter), limiter.burst]).toEqual([2, 3, 5])
  })

  it('lowers what comes back: 10 taken, half of them back at 500 ms, then one each 200 ms', async () => {
    const { clock, limiter } = setUp({ limit: 10 })
    admitted(limiter)
    await clock.advance(500)

    limiter.limit = 5

    expect(limiter.peek()).toEqual({ limit: 5, remaining: 0, retryAfterMs: 200 })
    await clock.advance(199)
    expect(limiter.tryAcquire()).toBe(false)
    await clock.advance(1)
    expect(limiter.tryAcquire()).toBe(true)
  })

  it.each([
    { to: 20, free: 15 },
    { to: 10, free: 5 },
    { to: 5, free: 0 },
  ])('has $free free when 10 were taken at 0 ms and it is set to $to at 500 ms', async ({ to, free }) => {
    const { clock, limiter } = setUp({ limit: 10 })
    admitted(limiter)
    await clock.advance(500)

    limiter.limit = to

    expect(admitted(limiter)).toBe(free)
  })

  it('counts for a sliding window what its interval holds', async () => {
    const { clock, limiter } = setUp({ limit: 4, algorithm: 'sliding-window' })
    const first = admitted(limiter)
    limiter.limit = 6
    const more = admitted(limiter)
    limiter.limit = 3

    expect([first, more, limiter.peek().remaining]).toEqual([4, 2, 0])
    await clock.advance(999)
    expect(limiter.tryAcquire()).toBe(false)
    await clock.advance(1)
    expect(admitted(limiter)).toBe(3)
  })

  it('holds for every key, also for those that come later', () => {
    const { limiter } = setUp({ limit: 1 })
    const before = [limiter.tryAcquire(1, 'a'), limiter.tryAcquire(1, 'a')]

    limiter.limit = 2

    expect(before).toEqual([true, false])
    expect([limiter.tryAcquire(1, 'a'), limiter.tryAcquire(2, 'b'), limiter.tryAcquire(1, 'b')]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('lets in at once who waits and may go now, in order, and the others at their new time', async () => {
    const { clock, limiter } = setUp({ limit: 1, queue: 5 })
    const started: string[] = []
    const call = (name: string): Promise<unknown> => limiter.run(() => started.push(`${name} ${clock.now()}`))
    const calls = ['a', 'b', 'c', 'd'].map(call)

    limiter.limit = 2
    await clock.advance(2_000)
    await Promise.all(calls)

    expect(started).toEqual(['a 0', 'b 0', 'c 500', 'd 1000'])
    clock.expectIdle()
  })

  it('refuses at once who waits for more than can ever be had, and not those behind', async () => {
    const { clock, limiter } = setUp({ limit: 4, queue: 5, cost: ({ args }) => args[0] as number })
    limiter.tryAcquire(4)
    const large = limiter.run(() => 'large', { args: [4] }).catch(isRateLimitError)
    const small = limiter.run(() => 'small', { args: [1] })

    limiter.limit = 2
    expect(await large).toBe(true)
    await clock.advance(10_000)

    expect(await small).toBe('small')
    clock.expectIdle()
  })

  it('may be set by work that the change lets in', async () => {
    const { clock, limiter } = setUp({ limit: 1, queue: 5 })
    limiter.tryAcquire()
    const started: number[] = []
    const calls = [1, 2, 3].map((id) =>
      limiter.run(() => {
        started.push(id)
        limiter.limit = 4
      }),
    )

    limiter.limit = 2
    await clock.settle()
    await Promise.all(calls)

    expect(started).toEqual([1, 2, 3])
  })

  it.each([0, -1, 1.5, 1_000_000_001, NaN, undefined, null, '5'])(
    'is refused when it is %s, and changes nothing',
    (value) => {
      const { limiter } = setUp({ limit: 3 })

      expect(() => (limiter.limit = value as number)).toThrow(
        "'limit' must be an integer >= 1 and <= 1000000000",
      )
      expect(() => (limiter.burst = value as number)).toThrow(
        "'burst' must be an integer >= 1 and <= 1000000000",
      )
      expect([limiter.limit, limiter.burst, admitted(limiter)]).toEqual([3, 3, 3])
    },
  )

  it('is refused below what each call takes, while the burst goes with it', () => {
    const { limiter } = setUp({ limit: 10, cost: 4 })

    expect(() => (limiter.limit = 3)).toThrow("'limit' must be an integer >= 4")
    limiter.limit = 4
    expect(limiter.tryAcquire()).toBe(true)
  })
})

describe('the burst of a rate limiter', () => {
  it('stays what it was made with when the limit changes; for gcra it stays 1', () => {
    const bucket = setUp({ limit: 10, burst: 3 }).limiter
    const spaced = setUp({ limit: 10, algorithm: 'gcra' }).limiter

    bucket.limit = 20
    spaced.limit = 20

    expect([bucket.burst, spaced.burst]).toEqual([3, 1])
  })

  it('may be set: as much more or less may be taken at once, and no sooner than the limit gives it back', async () => {
    const { clock, limiter } = setUp({ limit: 10, burst: 3 })
    const before = admitted(limiter)

    limiter.burst = 5
    const atOnce = admitted(limiter)
    limiter.burst = 1
    await clock.advance(499)
    const early = limiter.tryAcquire()
    await clock.advance(1)

    expect([before, atOnce, early, admitted(limiter)]).toEqual([3, 2, false, 1])
  })

  it('cannot be set for a sliding window', () => {
    const { limiter } = setUp({ limit: 3, algorithm: 'sliding-window' })

    expect(() => (limiter.burst = 5)).toThrow("the algorithm 'sliding-window' has none: set its 'limit'")
  })
})

/** A bucket of tokens in doubles: right but for the last few digits. */
class Bucket {
  tokens: number
  now = 0
  rule: { limit: number; burst: number }

  constructor(rule: { limit: number; burst: number }) {
    this.rule = rule
    this.tokens = rule.burst
  }

  wait(ms: number): void {
    this.now += ms
    this.tokens = Math.min(this.rule.burst, this.tokens + (ms * this.rule.limit) / intervalMs)
  }

  change(rule: { limit: number; burst: number }): void {
    this.tokens += rule.burst - this.rule.burst
    this.rule = rule
  }
}

it('EmissionLedger decides as a bucket does whose limit and size change, whatever comes when', () => {
  const rules = fc.record({ limit: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 50 }) })
  const step = fc.oneof(
    fc.record({ take: fc.integer({ min: 1, max: 10 }) }),
    fc.record({ wait: fc.integer({ min: 0, max: 700 }) }),
    fc.record({ change: rules }),
  )
  fc.assert(
    fc.property(rules, fc.array(step, { maxLength: 60 }), (first, steps) => {
      const bucket = new Bucket(first)
      const ledger = new EmissionLedger({ ...first, intervalMs })
      const wrong: unknown[] = []
      for (const at of steps) {
        if ('wait' in at) bucket.wait(at.wait)
        else if ('change' in at) {
          bucket.change(at.change)
          ledger.adopt({ ...at.change, intervalMs }, bucket.now)
        } else if (at.take <= bucket.rule.burst) {
          const left = bucket.tokens - at.take
          const isTaken = ledger.take(at.take, bucket.now)
          if (isTaken) bucket.tokens = left
          // A step of the grid for each change: what is rounded off comes later, never sooner.
          if (isTaken ? left < -1e-6 : left >= 0.01) wrong.push({ at, isTaken, left })
        }
      }
      expect(wrong).toEqual([])
    }),
    { numRuns: 2_000 },
  )
})
