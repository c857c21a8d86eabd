import { expect, test } from 'vitest'
import { expectedOutputOf, firstMissingLine } from './expected-output.ts'

test('expectedOutputOf() answers what the comments say is printed', () => {
  expect(
    expectedOutputOf(
      "console.log(1) // prints: 1\nother() // not\nconsole.log('a', true) // prints: a true\n",
    ),
  ).toEqual(['1', 'a true'])
})

test('firstMissingLine() accepts what is printed in order, with other lines between', () => {
  expect(firstMissingLine(['1', '2'], '1\nwords\n2\n')).toBeUndefined()
})

test('firstMissingLine() names a line that is missing, wrong or too early', () => {
  expect(firstMissingLine(['1', '2'], '1\n')).toBe('2')
  expect(firstMissingLine(['1'], '12\n')).toBe('1')
  expect(firstMissingLine(['1', '2'], '2\n1\n')).toBe('2')
  expect(firstMissingLine(['1', '1'], '1\n')).toBe('1')
})
