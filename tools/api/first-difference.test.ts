import { expect, test } from 'vitest'
import { firstDifference } from './first-difference.ts'

test('firstDifference() answers undefined for equal texts', () => {
  expect(firstDifference('a\nb', 'a\nb')).toBeUndefined()
})

test('firstDifference() names the first line that changed', () => {
  expect(firstDifference('a\nb\nc', 'a\nx\ny')).toBe("line 2: 'b' is now 'x'")
})

test('firstDifference() names a line that is gone from the end', () => {
  expect(firstDifference('a\nb', 'a')).toBe("line 2: 'b' is now ''")
})
