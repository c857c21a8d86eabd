import { expect, test } from 'vitest'
import { bySecond, highest, mean, named } from './series.ts'

const points = [1, 2, 6, 100].map((goodput, second) => ({ second, goodput, gauge: null }))

test('mean() counts the seconds from the first up to, not including, the last', () => {
  expect(mean(points, 'goodput', { from: 1, to: 3 })).toBe(4)
})

test('highest() is the highest of the whole run', () => {
  expect(highest(points, 'goodput')).toBe(100)
})

test('bySecond() puts each second at its middle', () => {
  expect(bySecond('with', points.slice(0, 2), 'goodput')).toEqual({
    name: 'with',
    points: [
      { x: 0.5, y: 1 },
      { x: 1.5, y: 2 },
    ],
  })
})

test('named() gives the run of the name, and throws when there is none', () => {
  expect(named({ one: 1 }, 'one')).toBe(1)
  expect(() => named({ one: 1 }, 'two')).toThrow(new Error('No run is called two'))
})
