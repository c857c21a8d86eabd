import { expect, test } from 'vitest'
import { roundTicks } from './round-ticks.ts'

test.each([
  [200, [0, 50, 100, 150, 200]],
  [201, [0, 100, 200, 300]],
  [1, [0, 0.25, 0.5, 0.75, 1]],
  [70, [0, 20, 40, 60, 80]],
  [1_900, [0, 500, 1_000, 1_500, 2_000]],
  [0.3, [0, 0.1, 0.2, 0.3]],
])('roundTicks(%d) gives round numbers that reach it', (to, ticks) => {
  expect(roundTicks(to)).toEqual(ticks)
})

test('roundTicks() is about as many as asked for', () => {
  expect(roundTicks(120, 6)).toEqual([0, 20, 40, 60, 80, 100, 120])
})
