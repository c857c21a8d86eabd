import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EmissionLedger } from './emission-ledger.ts'
import type { RateRule } from './ledger.ts'

const dayMs = 86_400_000

/** The same bucket in whole numbers that are never rounded: tokens × interval, times in 1/1024 ms. */
class ExactBucket {
  readonly #rule: RateRule
  #level: bigint
  #at = 0n

  constructor(rule: RateRule) {
    this.#rule = rule
    this.#level = this.#units(rule.burst)
  }

  take(cost: number, now: number): boolean {
    const at = BigInt(now * 1024)
    const gained = this.#level + (at - this.#at) * BigInt(this.#rule.limit)
    const full = this.#units(this.#rule.burst)
    this.#level = gained < full ? gained : full
    this.#at = at
    if (this.#level < this.#units(cost)) return false
    this.#level -= this.#units(cost)
    return true
  }

  #units(tokens: number): bigint {
    return BigInt(tokens) * BigInt(this.#rule.intervalMs) * 1024n
  }
}

const rules = fc.record({
  limit: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 1_000_000 })),
  intervalMs: fc.oneof(fc.constantFrom(1, 7, 1_000, 60 * dayMs), fc.integer({ min: 1, max: 100_000 })),
  burst: fc.integer({ min: 1, max: 50 }),
})
const steps = fc.array(
  fc.record({
    cost: fc.integer({ min: 1, max: 3 }),
    gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 2 ** 33 })),
  }),
  { minLength: 1, maxLength: 200 },
)

describe('EmissionLedger', () => {
  it('decides as exact whole-number arithmetic does, at any limit, interval, burst and start', () => {
    const starts = fc.integer({ min: 0, max: 2 ** 40 })

    fc.assert(
      fc.property(rules, steps, starts, (rule, list, start) => {
        const ledger = new EmissionLedger(rule)
        const exact = new ExactBucket(rule)
        let now = start
        const verdicts = list.map(({ cost, gap }) => {
          now += gap / 1024
          const wanted = Math.min(cost, rule.burst)
          return [ledger.take(wanted, now), exact.take(wanted, now)]
        })
        expect(verdicts.map(([ours]) => ours)).toEqual(verdicts.map(([, theirs]) => theirs))
      }),
      { numRuns: 400 },
    )
  })

  it('never lets more than limit + burst through in any interval, wherever it starts', () => {
    fc.assert(
      fc.property(rules, steps, (rule, list) => {
        const ledger = new EmissionLedger(rule)
        const log: { at: number; cost: number }[] = []
        let now = 0
        for (const { cost: wanted, gap } of list) {
          const cost = Math.min(wanted, rule.burst)
          now += gap / 1024
          if (ledger.take(cost, now)) log.push({ at: now, cost })
        }
        const sums = log.map(({ at }) =>
          log
            .filter((entry) => entry.at > at - rule.intervalMs && entry.at <= at)
            .reduce((sum, { cost }) => sum + cost, 0),
        )
        expect(Math.max(0, ...sums)).toBeLessThanOrEqual(rule.limit + rule.burst)
      }),
    )
  })

  it('waitMs() is exact: at that moment the cost may be taken, a step before it may not', () => {
    fc.assert(
      fc.property(rules, steps, (rule, list) => {
        const ledger = new EmissionLedger(rule)
        let now = 0
        for (const { cost, gap } of list) ledger.take(Math.min(cost, rule.burst), (now += gap / 1024))
        const wait = ledger.waitMs(1, now)
        fc.pre(wait > 1 / 1024)

        expect(ledger.take(1, now + wait - 1 / 1024)).toBe(false)
        expect(ledger.take(1, now + wait)).toBe(true)
      }),
    )
  })

  it('remaining() is the highest cost that may be taken', () => {
    fc.assert(
      fc.property(rules, steps, (rule, list) => {
        const ledger = new EmissionLedger(rule)
        let now = 0
        for (const { cost, gap } of list) ledger.take(Math.min(cost, rule.burst), (now += gap / 1024))
        const remaining = ledger.remaining(now)

        expect(ledger.waitMs(remaining + 1, now)).toBeGreaterThan(0)
        expect(ledger.waitMs(remaining, now)).toBe(0)
      }),
    )
  })

  it('does not drift: a third of a millisecond a token, taken without pause a million times, ends on the millisecond', () => {
    const ledger = new EmissionLedger({ limit: 3, intervalMs: 1, burst: 3 })
    let now = 12_345.678 - (12_345.678 % (1 / 1024))
    const start = now
    ledger.take(3, now)

    let taken = 0
    while (taken < 3_000_000) {
      now += ledger.waitMs(3, now)
      if (ledger.take(3, now)) taken += 3
    }

    expect(now - start).toBe(1_000_000)
  })

  it.each([
    { burst: 4, taken: 3, fits: true },
    { burst: 4, taken: 4, fits: false },
    { burst: 5, taken: 4, fits: true },
  ])('holds $burst tokens: after $taken one more fits is $fits', ({ burst, taken, fits }) => {
    const ledger = new EmissionLedger({ limit: 1, intervalMs: 1_000, burst })
    ledger.take(taken, 0)

    expect(ledger.take(1, 999)).toBe(fits)
  })

  it('is fresh only when the bucket is full again', () => {
    const ledger = new EmissionLedger({ limit: 2, intervalMs: 1_000, burst: 4 })
    ledger.take(3, 0)

    expect([1_499, 1_500, 1_501].map((now) => ledger.isFresh(now))).toEqual([false, true, true])
  })
})
