import { describe, expect, it } from 'vitest'
import { totals } from '../../../test/fixtures/overview.ts'
import { outcomeLines } from './outcome-lines.ts'
import { perSecond } from './rates.ts'
import { errorsOf, sparedOf, sparedWords } from './outcome-totals.ts'

describe('outcomeLines()', () => {
  it('gives rates that add up to the calls, the spared taken out of the successes, gaps kept', () => {
    const series = {
      at: [0, 5_000],
      calls: [50, null],
      successes: [40, null],
      failures: [8, null],
      rejections: [2, null],
      spared: [10, null],
      p50: [null, null],
      p95: [null, null],
      p99: [null, null],
    }

    expect(
      outcomeLines(series, { stepMs: 5_000, lastStepMs: 5_000 }).map(({ key, values }) => [key, ...values]),
    ).toEqual([
      ['plain', 6, null],
      ['spared', 2, null],
      ['rejections', 0.4, null],
      ['failures', 1.6, null],
    ])
  })
})

describe('perSecond()', () => {
  it('divides the last count by the part of its step that has passed', () => {
    expect(perSecond([50, 20], { stepMs: 5_000, lastStepMs: 2_000 })).toEqual([10, 10])
  })
})

describe('sparedOf()', () => {
  it('adds up all means', () => {
    const sum = totals({ sparedByRetry: 1, sparedByFallback: 2, sparedByCache: 4, sparedByHedge: 8 })

    expect(sparedOf(sum)).toBe(15)
  })
})

describe('sparedWords()', () => {
  it('names the most frequent means first and leaves out those without a call', () => {
    expect(sparedWords(totals({ sparedByRetry: 40, sparedByFallback: 1_312 }))).toBe(
      '1,312 by fallback, 40 by retry',
    )
  })
})

describe('errorsOf()', () => {
  it('counts failures and rejections, not cancellations', () => {
    expect(errorsOf(totals({ failures: 3, rejections: 4, cancellations: 5 }))).toBe(7)
  })
})
