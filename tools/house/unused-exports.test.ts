import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkUnusedExports } from './unused-exports.ts'

const unused = (files: Readonly<Record<string, string>>): string[] =>
  checkUnusedExports(Object.entries(files).map(([path, text]) => sourceFile(path, text))).map(
    ({ message }) => message,
  )

test('checkUnusedExports() names a value that nobody uses', () => {
  const files = {
    'src/a.ts': 'export const a = 1\nexport function b() {}',
    'src/c.ts': "import { b } from './a.ts'\nb()",
  }

  expect(unused(files)).toEqual(["nobody uses 'a'; delete it"])
})

test('checkUnusedExports() takes an import under another name, a whole module and a type import as use', () => {
  const files = {
    'src/a.ts': 'export const a = 1\nexport interface B {}',
    'src/d.ts': 'export const d = 1',
    'src/main.ts': "import { a as x, type B } from './a.ts'\nconst later = import('./d.ts')",
  }

  expect(unused(files)).toEqual([])
})

test('checkUnusedExports() lets an export pass that its own file uses', () => {
  expect(
    unused({
      'src/a.ts': 'export interface A {}\nexport type B = A\nexport const c = 1\nexport const d = c',
    }),
  ).toEqual(["nobody uses 'B'; delete it", "nobody uses 'd'; delete it"])
})

test('checkUnusedExports() lets the entries of a package export for others, and what they pass on', () => {
  const files = {
    'packages/x/package.json': '{ "exports": { ".": { "breakwater-source": "./src/index.ts" } } }',
    'packages/x/src/index.ts': "export { a } from './a.ts'\nexport const version = 1",
    'packages/x/src/a.ts': 'export const a = 1',
  }

  expect(unused(files)).toEqual([])
})

test('checkUnusedExports() takes a test as a user', () => {
  expect(unused({ 'src/a.ts': 'export const a = 1', 'src/a.test.ts': "import { a } from './a.ts'" })).toEqual(
    [],
  )
})
