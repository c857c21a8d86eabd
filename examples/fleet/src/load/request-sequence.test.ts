import { seededRandom } from 'breakwater/testing'
import { expect, test } from 'vitest'
import { type PlannedRequest, requestSequence } from './request-sequence.ts'

function take(seed: number, count: number, rate = 40): PlannedRequest[] {
  const sequence = requestSequence(seededRandom(seed), rate)
  return Array.from({ length: count }, () => sequence.next().value)
}

test('requestSequence() gives the same requests for the same seed', () => {
  expect(take(7, 100)).toEqual(take(7, 100))
})

test('requestSequence() gives other requests for another seed', () => {
  expect(take(7, 100)).not.toEqual(take(8, 100))
})

test('requestSequence() keeps the rate on average', () => {
  const total = take(1, 10_000, 40).reduce((sum, { afterMs }) => sum + afterMs, 0)

  expect(total / 10_000).toBeGreaterThan(24)
  expect(total / 10_000).toBeLessThan(26)
})

test('requestSequence() mixes home pages, product pages and checkouts', () => {
  const kinds = take(1, 10_000).map(({ kind }) => kind)

  expect(kinds.filter((kind) => kind === 'home').length / 10_000).toBeCloseTo(0.15, 1)
  expect(kinds.filter((kind) => kind === 'product').length / 10_000).toBeCloseTo(0.5, 1)
  expect(kinds.filter((kind) => kind === 'checkout').length / 10_000).toBeCloseTo(0.35, 1)
})
