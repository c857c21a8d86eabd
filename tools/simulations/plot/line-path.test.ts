import { expect, test } from 'vitest'
import { linePath } from './line-path.ts'

test('linePath() goes through every point, to a tenth', () => {
  const path = linePath([
    { x: 0, y: 10 },
    { x: 1.26, y: 20 },
    { x: 2, y: 0.04 },
  ])

  expect(path).toBe('M0 10L1.3 20L2 0')
})

test('linePath() leaves out what lies inside a level stretch, and keeps its ends', () => {
  const path = linePath([0, 5, 5, 5, 5, 1].map((y, x) => ({ x, y })))

  expect(path).toBe('M0 0L1 5L4 5L5 1')
})

test('linePath() of a single point and of none', () => {
  expect(linePath([{ x: 1, y: 2 }])).toBe('M1 2')
  expect(linePath([])).toBe('')
})
