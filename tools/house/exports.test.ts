import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkExports } from './exports.ts'

const messagesOf = (text: string, path = 'packages/breakwater/src/a.ts'): string[] =>
  checkExports([sourceFile(path, text)]).map(({ message }) => message)

test('checkExports() names an export without a documentation comment', () => {
  expect(messagesOf('// why\nexport function f(): void {}')).toEqual([
    "export 'f' has no documentation comment",
  ])
  expect(messagesOf('export const limit = 3')).toEqual(["export 'limit' has no documentation comment"])
})

test('checkExports() lets a sentence pass, also over two lines', () => {
  expect(messagesOf('/** Adds one. */\nexport function f(): void {}')).toEqual([])
  expect(
    messagesOf('/**\n * Adds one\n * to it.\n *\n * @returns the sum\n */\nexport function f(): void {}'),
  ).toEqual([])
})

test('checkExports() wants a sentence first, not a tag or a fragment', () => {
  expect(messagesOf('/** @internal */\nexport function f(): void {}')).toEqual([
    "export 'f' has no documentation comment",
  ])
  expect(messagesOf('/** the limit */\nexport const f = 1')).toEqual([
    "export 'f' does not start its documentation with a sentence",
  ])
})

test('checkExports() takes the first overload for all', () => {
  const overloads =
    '/** Does it. */\nexport function f(a: 1): 1\nexport function f(a: 2): 2\nexport function f(a: 1 | 2) { return a }'

  expect(messagesOf(overloads)).toEqual([])
})

test('checkExports() wants each option of the library documented, and no field of other interfaces', () => {
  const text =
    '/** Sets it up. */\nexport interface RetryOptions {\n  maxRetries: number\n}\n/** A fact. */\nexport interface Fact { at: number }'

  expect(messagesOf(text)).toEqual(["option 'RetryOptions.maxRetries' has no documentation comment"])
  expect(messagesOf(text, 'packages/hub/src/a.ts')).toEqual([])
})

test('checkExports() refuses export * and default exports, except in the configuration of a tool', () => {
  expect(messagesOf("export * from './b.ts'")).toEqual(["'export *' hides what is public; name each export"])
  expect(messagesOf('export default 1')).toEqual(['default exports have no name; export by name'])
  expect(messagesOf('export default function f() {}')).toEqual([
    'default exports have no name; export by name',
  ])
  expect(messagesOf('export default 1', 'packages/dashboard/vite.config.ts')).toEqual([])
})

test('checkExports() does not ask for a comment where a name is only passed on', () => {
  expect(messagesOf("export { f } from './f.ts'")).toEqual([])
})
