import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkNames } from './names.ts'

const offencesOf = (path: string): string[] =>
  checkNames([sourceFile(path, '')]).map(({ message }) => message)

test('checkNames() lets kebab-case with any number of endings pass', () => {
  expect(offencesOf('packages/hub/src/store/row-of.e2e.test.ts')).toEqual([])
})

test('checkNames() names a file in camel case', () => {
  expect(offencesOf('packages/hub/src/ringBuffer.ts')).toEqual(["'ringBuffer.ts' is not kebab-case"])
})

test('checkNames() names a folder called after a kind of code', () => {
  expect(offencesOf('packages/hub/src/utils/clamp.ts')).toEqual([
    "'utils/' names a kind of code; name the concept",
  ])
})

test('checkNames() leaves files that are not code alone', () => {
  expect(offencesOf('CHANGELOG.md')).toEqual([])
})
