import { describe, expect, it } from 'vitest'
import { aimd, type AimdOptions } from './aimd.ts'
import type { LimitBounds, LimitEstimator } from './limit-algorithm.ts'

const chance = { next: () => 0.5 }
const bounds = { initialLimit: 20, minLimit: 20, maxLimit: 200 }

const start = (own: Partial<LimitBounds>, options?: AimdOptions): LimitEstimator =>
  aimd(options).start({ ...bounds, ...own }, chance)

describe('aimd() on the vectors of Netflix concurrency-limits, AIMDLimitTest', () => {
  it('increaseOnSuccess: 20 with 10 in flight becomes 21', () => {
    expect(start({}).update({ rttMs: 1, inFlight: 10, isDrop: false })).toBe(21)
  })

  it('decreaseOnDrops: 30 becomes 27', () => {
    expect(start({ initialLimit: 30 }).update({ rttMs: 0, inFlight: 0, isDrop: true })).toBe(27)
  })

  it('successOverflow: 21 stays at its maximum of 21', () => {
    const limit = start({ initialLimit: 21, maxLimit: 21, minLimit: 1 })

    expect(limit.update({ rttMs: 1, inFlight: 10, isDrop: false })).toBe(21)
  })
})

describe('aimd()', () => {
  it.each([
    { inFlight: 9, limit: 20 },
    { inFlight: 10, limit: 21 },
    { inFlight: 11, limit: 21 },
  ])('grows only when at least half is used: $inFlight of 20 makes $limit', ({ inFlight, limit }) => {
    expect(start({}).update({ rttMs: 1, inFlight, isDrop: false })).toBe(limit)
  })

  it.each([
    { rttMs: 499, limit: 41 },
    { rttMs: 500, limit: 41 },
    { rttMs: 501, limit: 36 },
  ])('takes $rttMs ms for a drop only beyond a timeout of 500 ms', ({ rttMs, limit }) => {
    const estimator = start({ initialLimit: 40 }, { timeoutMs: 500 })

    expect(estimator.update({ rttMs, inFlight: 40, isDrop: false })).toBe(limit)
  })

  it('does not shrink below its minimum', () => {
    const estimator = start({ initialLimit: 21 })
    const drop = { rttMs: 1, inFlight: 20, isDrop: true }

    expect([estimator.update(drop), estimator.update(drop)]).toEqual([20, 20])
  })

  it.each([{ backoffRatio: 0.4 }, { backoffRatio: 1 }, { timeoutMs: 0 }, { window: { minMs: 99 } }])(
    'does not take %j',
    (options) => {
      expect(() => aimd(options)).toThrow(RangeError)
    },
  )
})
