import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WindowLedger } from './window-ledger.ts'

interface Taken {
  readonly at: number
  readonly cost: number
}

const sumSince = (log: readonly Taken[], since: number): number =>
  log.filter(({ at }) => at > since).reduce((sum, { cost }) => sum + cost, 0)

const cases = fc.record({
  limit: fc.integer({ min: 1, max: 30 }),
  intervalMs: fc.constantFrom(1, 10, 1_000, 60 * 86_400_000),
  steps: fc.array(
    fc.record({ cost: fc.integer({ min: 1, max: 3 }), gap: fc.double({ min: 0, max: 0.3, noNaN: true }) }),
    { minLength: 1, maxLength: 300 },
  ),
})

interface Decision {
  readonly isTaken: boolean
  /** What the interval that ends now would hold with it. */
  readonly within: number
  /** The same for an interval and a tenth. */
  readonly withinMore: number
}

function decide(
  limit: number,
  intervalMs: number,
  steps: readonly { cost: number; gap: number }[],
): Decision[] {
  const ledger = new WindowLedger({ limit, intervalMs, burst: limit })
  const log: Taken[] = []
  let now = 0
  return steps.map(({ cost: wanted, gap }) => {
    const cost = Math.min(wanted, limit)
    now += Math.floor(gap * intervalMs * 1024) / 1024
    const within = sumSince(log, now - intervalMs) + cost
    const withinMore = sumSince(log, now - intervalMs * 1.1) + cost
    const isTaken = ledger.take(cost, now)
    if (isTaken) log.push({ at: now, cost })
    return { isTaken, within, withinMore }
  })
}

describe('WindowLedger', () => {
  it('never lets more than the limit through in any interval, wherever it starts', () => {
    fc.assert(
      fc.property(cases, ({ limit, intervalMs, steps }) => {
        const taken = decide(limit, intervalMs, steps).filter(({ isTaken }) => isTaken)
        expect(taken.filter(({ within }) => within > limit)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('never refuses what fits into an interval and a tenth: the documented bound', () => {
    fc.assert(
      fc.property(cases, ({ limit, intervalMs, steps }) => {
        const refused = decide(limit, intervalMs, steps).filter(({ isTaken }) => !isTaken)
        expect(refused.filter(({ withinMore }) => withinMore <= limit)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('waitMs() is exact, also beyond what fits into one interval', () => {
    const ledger = new WindowLedger({ limit: 4, intervalMs: 1_000, burst: 4 })
    ledger.take(1, 0)
    ledger.take(2, 300)
    ledger.take(1, 700)

    expect([1, 2, 3, 4, 5, 8, 9].map((cost) => ledger.waitMs(cost, 800))).toEqual([
      200, 500, 500, 900, 1_200, 1_900, 2_200,
    ])
  })

  it('counts a burst to the moment: it is allowed again exactly an interval later', () => {
    const ledger = new WindowLedger({ limit: 5, intervalMs: 1_000, burst: 5 })
    ledger.take(5, 12.5)

    expect([1_012.4990234375, 1_012.5].map((now) => ledger.take(5, now))).toEqual([false, true])
  })

  it('holds an even stream at the limit to 10/11 of it or more', () => {
    const ledger = new WindowLedger({ limit: 100, intervalMs: 1_000, burst: 100 })
    const asked = Array.from({ length: 200_000 }, (_, i) => i)

    const taken = asked.filter((i) => ledger.take(1, i * 5)).length
    const ofTwiceTheLimit = asked.filter((i) => ledger.take(1, 1_000_000 + i * 5)).length

    expect(taken / 1_000 / 100).toBeGreaterThanOrEqual(10 / 11)
    expect(ofTwiceTheLimit / 1_000 / 100).toBeLessThanOrEqual(1)
  })

  it('would not be the limit with two weighted windows: those let 19 of a limit of 10 through in one interval', () => {
    const ledger = new WindowLedger({ limit: 10, intervalMs: 1_000, burst: 10 })
    const burst = Array.from({ length: 10 }, () => ledger.take(1, 999))
    const rest = Array.from({ length: 990 }, (_, i) => ledger.take(1, 1_000 + i))

    expect([...burst, ...rest].filter(Boolean)).toHaveLength(10)
  })

  it('is fresh when the last cost has left', () => {
    const ledger = new WindowLedger({ limit: 5, intervalMs: 1_000, burst: 5 })
    ledger.take(1, 0)
    ledger.take(1, 50)

    expect([1_049, 1_050].map((now) => ledger.isFresh(now))).toEqual([false, true])
  })
})
