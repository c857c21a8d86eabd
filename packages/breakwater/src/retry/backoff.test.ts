import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Random } from '../random/random.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { exponential, fixed, linear } from './backoff.ts'
import type { Backoff, Jitter } from './jitter.ts'

const half: Random = { next: () => 0.5 }
const jitters: readonly Jitter[] = ['none', 'full', 'equal', 'proportional']

/** The waits before the first retries, each given the one before. */
function waits(backoff: Backoff, count: number, random: Random = half): number[] {
  const result: number[] = []
  for (let retry = 1; retry <= count; retry++) result.push(backoff.delayMs(retry, random, result.at(-1) ?? 0))
  return result
}

describe('exponential()', () => {
  it('doubles and stops at the cap', () => {
    expect(waits(exponential({ initialMs: 100, maxMs: 1_000, jitter: 'none' }), 6)).toEqual([
      100, 200, 400, 800, 1_000, 1_000,
    ])
  })

  it('grows by the factor it is given', () => {
    expect(waits(exponential({ initialMs: 1, factor: 10, jitter: 'none' }), 4)).toEqual([1, 10, 100, 1_000])
  })

  it.each([
    ['full', [50, 100, 150]],
    ['equal', [75, 150, 225]],
    ['proportional', [155, 233, 233]],
  ] as const)('spreads by %s jitter after the cap', (jitter, expected) => {
    const result = waits(exponential({ initialMs: 100, maxMs: 300, jitter }), 3)

    expect(result.map((wait) => Math.round(wait))).toEqual(expected)
  })

  it.each(['full', 'equal', 'proportional'] as const)(
    'Rule 13: %s jitter still spreads waits that have reached the cap',
    (jitter) => {
      const backoff = exponential({ initialMs: 100, maxMs: 1_000, jitter })
      const random = seededRandom(1)

      const atCap = Array.from({ length: 100 }, () => backoff.delayMs(50, random, 1_000))

      expect(new Set(atCap).size).toBe(100)
      expect(Math.max(...atCap)).toBeLessThanOrEqual(1_000)
    },
  )

  it('an initial wait of 0 stays 0, also where the curve alone would be infinite', () => {
    const backoff = exponential({ initialMs: 0, jitter: 'none' })

    expect([backoff.delayMs(1, half, 0), backoff.delayMs(10_000, half, 0)]).toEqual([0, 0])
  })

  it('has defaults of 100 ms to 20 s with full jitter', () => {
    expect(waits(exponential(), 10)).toEqual([50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000])
  })
})

describe('fixed()', () => {
  it('waits the same each time', () => {
    expect(waits(fixed({ delayMs: 40 }), 3)).toEqual([40, 40, 40])
  })

  it.each([
    ['full', 20],
    ['equal', 30],
    ['proportional', 62],
  ] as const)('spreads by %s jitter', (jitter, expected) => {
    expect(Math.round(fixed({ delayMs: 40, jitter }).delayMs(1, half, 0))).toBe(expected)
  })
})

describe('linear()', () => {
  it('grows by a step and stops at the cap', () => {
    expect(waits(linear({ stepMs: 30, maxMs: 100, jitter: 'none' }), 5)).toEqual([30, 60, 90, 100, 100])
  })

  it('has defaults of 100 ms a step with full jitter', () => {
    expect(waits(linear(), 3)).toEqual([50, 100, 150])
  })
})

describe('any backoff', () => {
  const ms = fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true })
  const jitter = fc.constantFrom(...jitters)
  const capped = fc.oneof(
    fc
      .record({ initialMs: ms, maxMs: ms, factor: fc.double({ min: 1, max: 1e9, noNaN: true }), jitter })
      .map((options) => ({ backoff: exponential(options), maxMs: options.maxMs })),
    fc
      .record({ stepMs: ms, maxMs: ms, jitter })
      .map((options) => ({ backoff: linear(options), maxMs: options.maxMs })),
    fc
      .record({ delayMs: ms, jitter })
      .map((options) => ({ backoff: fixed(options), maxMs: 2 * options.delayMs })),
  )
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

  it('Rule 13: is finite, never negative and never above its cap, at any retry up to the ten-thousandth', () => {
    const retry = fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(1, 1_024, 1_025, 10_000))
    const property = fc.property(capped, retry, chance, ({ backoff, maxMs }, at, next) => {
      const wait = backoff.delayMs(at, { next: () => next }, 0)
      return Number.isFinite(wait) && wait >= 0 && wait <= maxMs
    })

    fc.assert(property, { numRuns: 2_000 })
  })
})
