import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from './seeded-random.ts'
import { systemRandom } from './system-random.ts'

function draw(seed: number, count: number): number[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => random.next())
}

describe('seededRandom()', () => {
  it('gives the same numbers for the same seed', () => {
    expect(draw(42, 100)).toEqual(draw(42, 100))
  })

  it('gives the numbers of mulberry32, so that a seed noted down today gives the same in later versions', () => {
    expect(draw(0, 3)).toEqual([0.26642920868471265, 0.0003297457005828619, 0.2232720274478197])
  })

  it('gives other numbers for another seed', () => {
    expect(draw(1, 10)).not.toEqual(draw(2, 10))
  })

  it('gives numbers in [0, 1) for any seed', () => {
    const isInRange = (value: number): boolean => value >= 0 && value < 1

    fc.assert(fc.property(fc.double(), (seed) => draw(seed, 50).every(isInRange)))
  })

  it('spreads evenly: each tenth gets about a tenth of ten thousand', () => {
    const counts = new Array<number>(10).fill(0)
    draw(7, 10_000).forEach(
      (value) => (counts[Math.floor(value * 10)] = (counts[Math.floor(value * 10)] ?? 0) + 1),
    )

    expect(Math.min(...counts)).toBeGreaterThan(900)
    expect(Math.max(...counts)).toBeLessThan(1_100)
  })
})

describe('systemRandom', () => {
  it('gives numbers in [0, 1) that differ', () => {
    const values = Array.from({ length: 100 }, () => systemRandom.next())

    expect(values.filter((value) => value < 0 || value >= 1)).toEqual([])
    expect(new Set(values).size).toBe(100)
  })
})
