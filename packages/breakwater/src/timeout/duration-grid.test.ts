import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gridCeil, gridFloor } from './duration-grid.ts'

const duration = fc.double({ min: 1, max: 2 ** 31 - 1, noNaN: true })

describe('the grid of durations', () => {
  it('brackets every duration, less than 5 % below and above beyond 32 ms', () => {
    fc.assert(
      fc.property(duration, (ms) => {
        const [below, above] = [gridFloor(ms), gridCeil(ms)]
        const slack = ms < 32 ? 0.1 : 0.5
        expect(below).toBeLessThanOrEqual(ms)
        expect(above).toBeGreaterThanOrEqual(ms)
        expect(below).toBeGreaterThan(ms / 1.05 - 2 * slack)
        expect(above).toBeLessThan(ms * 1.05 + 2 * slack)
      }),
    )
  })

  it('has at most 500 durations', () => {
    const steps = Array.from({ length: 100_000 }, (_, i) => 2 ** ((31 * i) / 100_000))

    expect(new Set(steps.map(gridFloor)).size).toBeLessThanOrEqual(500)
  })

  it.each([
    [1, 1, 1],
    [1.01, 1, 1.1],
    [100, 99, 103],
    [103, 103, 103],
    [1_024, 1_024, 1_024],
    [2_000, 1_961, 2_048],
  ])('puts %d ms between %d and %d', (ms, below, above) => {
    expect([gridFloor(ms), gridCeil(ms)]).toEqual([below, above])
  })

  it('takes anything shorter than 1 ms for 1 ms', () => {
    expect(gridCeil(0.2)).toBe(1)
  })
})
