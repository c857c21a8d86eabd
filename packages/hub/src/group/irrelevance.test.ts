import { expect, test } from 'vitest'
import { evictionRank, irrelevanceOf } from './irrelevance.ts'

test('irrelevanceOf() is 0 for the first example', () => {
  expect(irrelevanceOf(1, 0)).toBe(0)
})

test('irrelevanceOf() is at most as many levels as the examples before have bits', () => {
  expect(irrelevanceOf(1_000, 0.999_999)).toBeLessThanOrEqual(10)
})

test('irrelevanceOf() makes half of a crowd the least relevant', () => {
  const drawn = Array.from({ length: 1_024 }, (_, index) => irrelevanceOf(512, index / 1_024))
  const odd = drawn.filter((_, index) => index % 2 === 1 && index > 512)

  expect(new Set(odd)).toEqual(new Set([9]))
})

test('evictionRank() makes an example that is 3 hours old weigh one level more than a new one', () => {
  const now = 10_800_000

  expect(evictionRank({ irrelevance: 2, at: 0 }, now)).toBeCloseTo(3)
  expect(evictionRank({ irrelevance: 2, at: now }, now)).toBe(2)
})
