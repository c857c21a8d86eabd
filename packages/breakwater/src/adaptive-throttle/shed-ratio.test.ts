import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shedRatio, shedRatioOf } from './shed-ratio.ts'

const rule = { k: 2, maxRejectionRatio: 0.9, minimumCalls: 1 }
const only = (normal: number): readonly number[] => [0, normal, 0, 0]

describe('shedRatio()', () => {
  it.each([
    { requests: 100, accepts: 100, ratio: 0 },
    { requests: 100, accepts: 51, ratio: 0 },
    { requests: 100, accepts: 50, ratio: 0 },
    { requests: 100, accepts: 49, ratio: 2 / 101 },
    { requests: 100, accepts: 25, ratio: 50 / 101 },
    { requests: 100, accepts: 0, ratio: 0.9 },
    { requests: 8, accepts: 0, ratio: 8 / 9 },
  ])('of $requests requests, $accepts accepted: $ratio', ({ requests, accepts, ratio }) => {
    expect(shedRatio({ requests, accepts, byRank: only(requests) }, rule)).toBeCloseTo(ratio, 12)
  })

  it.each([
    { requests: 9, ratio: 0 },
    { requests: 10, ratio: 0.9 },
    { requests: 11, ratio: 0.9 },
  ])('sheds nothing below a minimum of 10 calls: $requests', ({ requests, ratio }) => {
    const situation = { requests, accepts: 0, byRank: only(requests) }

    expect(shedRatio(situation, { ...rule, minimumCalls: 10 })).toBe(ratio)
  })

  it('a higher k sheds less', () => {
    const situation = { requests: 90, accepts: 30, byRank: only(90) }

    expect([2, 2.5, 3].map((k) => shedRatio(situation, { ...rule, k }) > 0)).toEqual([true, true, false])
  })
})

const situations = fc
  .tuple(fc.array(fc.nat(1_000), { minLength: 4, maxLength: 4 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([byRank, share]) => {
    const requests = byRank.reduce((sum, count) => sum + count, 0)
    return { byRank, requests, accepts: Math.floor(requests * share) }
  })

describe('shedRatioOf()', () => {
  it('for calls of one criticality is the ratio of the book', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (requests, accepts) => {
        const situation = { requests, accepts: Math.min(requests, accepts), byRank: only(requests) }
        expect(shedRatioOf(1, situation, rule)).toBeCloseTo(shedRatio(situation, rule), 9)
      }),
    )
  })

  it('over all ranks sheds as much as the ratio of the book says', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const shed = situation.byRank.map((count, rank) => count * shedRatioOf(rank, situation, rule))
        const total = shed.reduce((sum, count) => sum + count, 0)
        expect(total).toBeCloseTo(shedRatio(situation, rule) * situation.requests, 6)
      }),
    )
  })

  it('sheds a rank only when all below it shed as much as they may', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const ratios = [0, 1, 2, 3].map((rank) => shedRatioOf(rank, situation, rule))
        const isUnfair = ratios.some(
          (ratio, rank) =>
            ratio > 1e-9 &&
            ratios.slice(0, rank).some((lower, at) => (situation.byRank[at] ?? 0) > 0 && lower < 0.9 - 1e-9),
        )
        expect(isUnfair).toBe(false)
      }),
    )
  })

  it('half of the calls are to go, and half are low: nine tenths of those, and a tenth of the normal ones', () => {
    const situation = { requests: 1_000, accepts: 250, byRank: [500, 500, 0, 0] }

    expect(shedRatioOf(0, situation, rule)).toBeCloseTo(0.9, 3)
    expect(shedRatioOf(1, situation, rule)).toBeCloseTo(0.1, 2)
    expect(shedRatioOf(3, situation, rule)).toBe(0)
  })
})
