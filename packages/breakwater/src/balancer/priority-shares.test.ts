import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priorityShares } from './priority-shares.ts'

const rules = { overprovisioning: 1.4, panicRatio: 0.5 }

/** Percent of the calls that each level gets, of 100 endpoints a level of which these are healthy. */
function spread(...healthy: readonly number[]): number[] {
  const levels = healthy.map((available) => ({ total: 100, available, ramped: available }))
  return priorityShares(levels, rules).map(({ share }) => Math.round(1_000 * share) / 10)
}

function panics(...healthy: readonly number[]): boolean[] {
  const levels = healthy.map((available) => ({ total: 100, available, ramped: available }))
  return priorityShares(levels, rules).map(({ isPanicking }) => isPanicking)
}

describe('priorityShares()', () => {
  it('spreads two levels as the table of Envoy does', () => {
    expect([100, 72, 71, 50, 25, 0].map((first) => spread(first, 100))).toEqual([
      [100, 0],
      [100, 0],
      [99.4, 0.6],
      [70, 30],
      [35, 65],
      [0, 100],
    ])
  })

  it('goes on to a third level with what two cannot take', () => {
    expect([spread(25, 25, 100), spread(0, 50, 100), spread(100, 0, 0)]).toEqual([
      [35, 35, 30],
      [0, 70, 30],
      [100, 0, 0],
    ])
  })

  it('scales up when all levels together are not healthy enough', () => {
    expect(spread(50, 10)).toEqual([83.3, 16.7])
  })

  it('lets a level panic below the ratio, not at it, and only when the others cannot take over', () => {
    expect([panics(50, 0), panics(49, 0), panics(49, 100), panics(0, 100)]).toEqual([
      [false, true],
      [true, true],
      [false, false],
      [false, false],
    ])
  })

  it('spreads by the number of endpoints when all levels panic', () => {
    const levels = [
      { total: 6, available: 0, ramped: 0 },
      { total: 2, available: 0, ramped: 0 },
    ]

    expect(priorityShares(levels, rules)).toEqual([
      { share: 0.75, isPanicking: true },
      { share: 0.25, isPanicking: true },
    ])
  })

  it('with a panic ratio of 0 panics only when none is healthy', () => {
    const calm = { overprovisioning: 1.4, panicRatio: 0 }

    expect(priorityShares([{ total: 100, available: 1, ramped: 1 }], calm)).toEqual([
      { share: 1, isPanicking: false },
    ])
    expect(priorityShares([{ total: 100, available: 0, ramped: 0 }], calm)).toEqual([
      { share: 1, isPanicking: true },
    ])
  })

  it('counts an endpoint in its slow start as its share: calls come back by degrees', () => {
    const backup = { total: 1, available: 1, ramped: 1 }
    const at = (ramped: number): number | undefined =>
      priorityShares([{ total: 1, available: 1, ramped }, backup], rules)[0]?.share

    expect([0.1, 0.5, 0.72].map(at)).toEqual([expect.closeTo(0.14), expect.closeTo(0.7), 1])
  })

  it('gives shares of 0–1 that add up to 1, for any health', () => {
    const level = fc
      .record({ total: fc.integer({ min: 1, max: 50 }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map(({ total, part }) => {
        const available = Math.round(total * part)
        return { total, available, ramped: available * (0.1 + 0.9 * part) }
      })

    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 6 }), (levels) => {
        const shares = priorityShares(levels, rules).map(({ share }) => share)
        const total = shares.reduce((sum, share) => sum + share, 0)
        return Math.abs(total - 1) < 1e-9 && shares.every((share) => share >= 0 && share <= 1 + 1e-12)
      }),
    )
  })
})
