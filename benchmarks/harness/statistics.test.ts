import { expect, test } from 'vitest'
import { median, quotients } from './statistics.ts'

test('median() is the middle value of an odd number of values, in whatever order', () => {
  expect(median([9, 1, 5])).toBe(5)
})

test('median() is the mean of the middle two of an even number of values', () => {
  expect(median([8, 1, 100, 4])).toBe(6)
})

test('median() leaves out what was not measured', () => {
  expect(median([NaN, 7, 1, NaN, 5])).toBe(5)
})

test('median() is NaN for no values', () => {
  expect(median([])).toBeNaN()
})

test('quotients() divides each round by the same round of the other', () => {
  expect(quotients([10, 30, 8], [5, 10, 16])).toEqual([2, 3, 0.5])
})
