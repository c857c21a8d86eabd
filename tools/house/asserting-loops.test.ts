import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkAssertingLoops } from './asserting-loops.ts'

const linesOf = (text: string, path = 'a.test.ts'): number[] =>
  checkAssertingLoops([sourceFile(path, text)]).map(({ line }) => line)

test('checkAssertingLoops() names an assertion in each kind of loop', () => {
  const text =
    "test('x', () => {\nfor (const a of b) expect(a)\nwhile (c) { expect(c) }\nb.forEach((a) => { expect(a) })\n})"

  expect(linesOf(text)).toEqual([2, 3, 4])
})

test('checkAssertingLoops() lets a loop that prepares, and one around whole tests, pass', () => {
  expect(linesOf("test('x', () => {\nfor (const a of b) prepare(a)\nexpect(b)\n})")).toEqual([])
  expect(linesOf('for (const dialect of dialects) test(dialect, () => { expect(1) })')).toEqual([])
})

test('checkAssertingLoops() judges tests only', () => {
  expect(linesOf('for (const a of b) expect(a)', 'src/a.ts')).toEqual([])
})
