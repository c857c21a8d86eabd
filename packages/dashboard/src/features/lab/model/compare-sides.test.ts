import type { LabSecond, LabSide } from 'breakwater/protocol'
import { describe, expect, it } from 'vitest'
import { answerLines, recentFigures, sharedAxes } from './compare-sides.ts'

describe('recentFigures()', () => {
  it('adds up seconds and takes the median of their p95', () => {
    const seconds = [second({ full: 8, errors: 2, p95: 10 }), second({ full: 4, degraded: 6, p95: 30 })]

    expect(recentFigures([...seconds, second({ requests: 0, p95: null })])).toEqual({
      requests: 20,
      full: 12,
      degraded: 6,
      errors: 2,
      p95: 30,
    })
  })

  it('has no p95 when no second has one', () => {
    expect(recentFigures([second({ p95: null })]).p95).toBeNull()
  })
})

describe('sharedAxes()', () => {
  it('spans five minutes and the highest figure of both sides', () => {
    const sides = [
      side('protected', second({ requests: 40, p99: 20 })),
      side('unprotected', second({ p99: 900 })),
    ]

    expect(sharedAxes(400_000, sides)).toEqual({ from: 100_000, to: 400_000, maxRate: 40, maxMs: 900 })
  })
})

describe('answerLines()', () => {
  it('puts errors at the bottom of the stack', () => {
    expect(answerLines([second({ errors: 3 })]).at(-1)).toMatchObject({ key: 'errors', values: [3] })
  })
})

function second(change: Partial<LabSecond>): LabSecond {
  return { at: 0, requests: 10, full: 0, degraded: 0, errors: 0, p50: null, p95: null, p99: null, ...change }
}

function side(name: LabSide['name'], ...seconds: LabSecond[]): LabSide {
  return { name, requests: 0, full: 0, degraded: 0, errors: 0, dropped: 0, seconds }
}
