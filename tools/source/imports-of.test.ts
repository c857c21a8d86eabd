import { expect, test } from 'vitest'
import { importsOf, resolveRelative } from './imports-of.ts'
import { isCode, sourceFile } from './source-file.ts'

const typeOnly = (text: string): boolean[] =>
  [sourceFile('a.ts', text)]
    .filter(isCode)
    .flatMap(importsOf)
    .map(({ isTypeOnly }) => isTypeOnly)

test('importsOf() tells types from values', () => {
  expect(
    typeOnly("import type { A } from 'a'\nimport { type B } from 'b'\nexport { type C } from 'c'"),
  ).toEqual([true, true, true])
  expect(
    typeOnly("import { type B, c } from 'b'\nimport 'd'\nexport { e } from 'e'\nimport f from 'f'"),
  ).toEqual(Array(4).fill(false))
})

test('importsOf() finds dynamic imports and import types', () => {
  expect(typeOnly("await import('a')\nlet b: import('b').B")).toEqual([false, true])
})

test('resolveRelative() answers a path from the root, and undefined for a package', () => {
  expect(resolveRelative('packages/hub/src/app.ts', '../test/a.ts')).toBe('packages/hub/test/a.ts')
  expect(resolveRelative('packages/hub/src/app.ts', 'fastify')).toBeUndefined()
})
