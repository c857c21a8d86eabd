import { expect, test } from 'vitest'
import { percent, whole } from './figures.ts'

test('whole() rounds and parts thousands', () => {
  expect(whole(15_991.6)).toBe('15,992')
  expect(whole(0.4)).toBe('0')
})

test('percent() is whole percent of a share', () => {
  expect(percent(0.965)).toBe('97 %')
  expect(percent(1)).toBe('100 %')
})
