import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Random } from '../random/random.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { exponential } from './backoff.ts'
import { custom } from './custom-backoff.ts'
import { decorrelated } from './decorrelated-backoff.ts'
import { fibonacci } from './fibonacci-backoff.ts'
import type { Backoff } from './jitter.ts'

const half: Random = { next: () => 0.5 }
const lowest: Random = { next: () => 0 }

function waits(backoff: Backoff, count: number, random: Random = half): number[] {
  const result: number[] = []
  for (let retry = 1; retry <= count; retry++) result.push(backoff.delayMs(retry, random, result.at(-1) ?? 0))
  return result
}

describe('fibonacci()', () => {
  it('follows the sequence and stops at the cap', () => {
    expect(waits(fibonacci({ initialMs: 100, maxMs: 1_000, jitter: 'none' }), 8)).toEqual([
      100, 100, 200, 300, 500, 800, 1_000, 1_000,
    ])
  })

  it('has defaults of 100 ms to 20 s with full jitter', () => {
    expect(waits(fibonacci(), 4)).toEqual([50, 50, 100, 150])
    expect(fibonacci().delayMs(10_000, half, 0)).toBe(10_000)
  })

  it('an initial wait of 0 stays 0 at any retry', () => {
    expect(fibonacci({ initialMs: 0, jitter: 'none' }).delayMs(10_000, half, 0)).toBe(0)
  })

  it.each([
    [{ initialMs: -1 }, "'initialMs' must be a number >= 0: current value is -1"],
    [{ maxMs: NaN }, "'maxMs' must be a number >= 0: current value is NaN"],
    [{ factor: 2 }, "'factor' is not an option of it"],
    [{ jitter: 'some' }, "'jitter' must be one of none, full, equal, proportional: current value is some"],
  ])('refuses %o', (options, message) => {
    expect(() => fibonacci(options as object)).toThrow(message)
  })
})

describe('decorrelated()', () => {
  it('draws between the first wait and three times the wait before', () => {
    expect(waits(decorrelated({ initialMs: 100, maxMs: 10_000 }), 3)).toEqual([200, 350, 575])
  })

  it('is never below the first wait nor above the cap, and stays spread there', () => {
    const backoff = decorrelated({ initialMs: 100, maxMs: 1_000 })
    const random = seededRandom(1)

    const atCap = Array.from({ length: 100 }, () => backoff.delayMs(9, random, 1_000))

    expect(backoff.delayMs(9, lowest, 1_000)).toBe(100)
    expect(atCap.filter((wait) => wait < 100 || wait >= 1_000)).toEqual([])
    expect(new Set(atCap).size).toBe(100)
  })

  it.each([
    [{ initialMs: 30_000 }, 30_000],
    [{ initialMs: 0 }, 0],
    [{ factor: 1 }, 100],
  ])('%o has a first wait of %i', (options, expected) => {
    expect(decorrelated(options).delayMs(1, half, 0)).toBe(expected)
  })

  it.each([
    [{ initialMs: 10, maxMs: 9 }, "'maxMs' must be a number >= 10: current value is 9"],
    [{ factor: 0.9 }, "'factor' must be a number >= 1: current value is 0.9"],
    [{ jitter: 'full' }, "'jitter' is not an option of it"],
  ])('refuses %o', (options, message) => {
    expect(() => decorrelated(options as object)).toThrow(message)
  })
})

describe('custom()', () => {
  it('asks the function with the number of the retry and the wait before', () => {
    const backoff = custom((retry, previousMs) => retry * 10 + previousMs)

    expect(waits(backoff, 3)).toEqual([10, 30, 60])
  })

  it.each([
    [NaN, 0],
    [-1, 0],
    [-Infinity, 0],
    [0, 0],
    [49, 49],
    [50, 50],
    [51, 50],
    [Infinity, 50],
  ])('makes a wait of %d one of %d under a cap of 50 ms', (given, expected) => {
    expect(custom(() => given, { maxMs: 50 }).delayMs(1, half, 0)).toBe(expected)
  })

  it('spreads by jitter after the cap', () => {
    expect(custom(() => 1_000, { maxMs: 100, jitter: 'equal' }).delayMs(1, half, 0)).toBe(75)
  })

  it.each([undefined, null, 100])('refuses %s in place of the function', (given) => {
    expect(() => custom(given as never)).toThrow("'delayMs' must be a function")
  })
})

describe('proportional jitter', () => {
  it.each([
    [0, 1_100],
    [0.5, 1_550],
    [0.999_999, 1_999.999_1],
  ])('adds the wait times U(0.1, 1.0): a chance of %d makes 1,000 ms %d ms', (chance, expected) => {
    const backoff = exponential({ initialMs: 1_000, maxMs: 60_000, jitter: 'proportional' })

    expect(backoff.delayMs(1, { next: () => chance }, 0)).toBeCloseTo(expected, 3)
  })

  it('is exact up to a wait of half of the cap, and never above the cap', () => {
    const backoff = exponential({ initialMs: 500, maxMs: 1_000, jitter: 'proportional' })
    const almostOne: Random = { next: () => 1 - 1e-9 }

    expect(backoff.delayMs(1, lowest, 0)).toBeCloseTo(550, 6)
    expect(backoff.delayMs(1, almostOne, 0)).toBeCloseTo(1_000, 5)
    expect(backoff.delayMs(50, almostOne, 0)).toBeLessThanOrEqual(1_000)
  })
})

describe('backoffs against a defect of their peers', () => {
  const capped = { initialMs: 40, maxMs: 60 }

  it.each([
    ['exponential, full jitter', exponential({ ...capped, jitter: 'full' })],
    ['exponential, equal jitter', exponential({ ...capped, jitter: 'equal' })],
    ['exponential, proportional jitter', exponential({ ...capped, jitter: 'proportional' })],
    ['fibonacci', fibonacci(capped)],
    ['decorrelated', decorrelated(capped)],
  ])('D16: clients that have all reached the cap do not come together: %s', (_, backoff) => {
    const random = seededRandom(16)

    const waitsAtCap = Array.from({ length: 1_000 }, () => backoff.delayMs(20, random, 60))

    const together = new Map<number, number>()
    for (const wait of waitsAtCap) together.set(Math.floor(wait), (together.get(Math.floor(wait)) ?? 0) + 1)
    expect(Math.max(...together.values())).toBeLessThan(100)
    expect(Math.max(...waitsAtCap)).toBeLessThanOrEqual(60)
  })
})

describe('any further backoff', () => {
  const ms = fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true })
  const jitter = fc.constantFrom('none', 'full', 'equal', 'proportional')
  const capped = fc.oneof(
    fc
      .record({ initialMs: ms, maxMs: ms, jitter })
      .map((options) => ({ backoff: fibonacci(options), maxMs: options.maxMs })),
    fc
      .record({ given: fc.double(), maxMs: ms, jitter })
      .map(({ given, ...options }) => ({ backoff: custom(() => given, options), maxMs: options.maxMs })),
    fc
      .record({ initialMs: ms, extra: ms, factor: fc.double({ min: 1, max: 1e9, noNaN: true }) })
      .map(({ initialMs, extra, factor }) => {
        const maxMs = Math.min(initialMs + extra, Number.MAX_VALUE)
        return { backoff: decorrelated({ initialMs, maxMs, factor }), maxMs }
      }),
  )

  it('Rule 13: is finite, never negative and never above its cap, at any retry up to the ten-thousandth', () => {
    const retry = fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(1, 77, 78, 79, 1_025, 10_000))
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    const property = fc.property(
      capped,
      retry,
      fc.tuple(chance, ms),
      ({ backoff, maxMs }, at, [next, previous]) => {
        const wait = backoff.delayMs(at, { next: () => next }, previous)
        return Number.isFinite(wait) && wait >= 0 && wait <= maxMs
      },
    )

    fc.assert(property, { numRuns: 2_000 })
  })
})
