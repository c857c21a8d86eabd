import { expect, test } from 'vitest'
import { freeNamesOf } from './free-names.ts'
import { isCode, sourceFile } from './source-file.ts'

const namesIn = (text: string): string[] =>
  [sourceFile('a.ts', text)]
    .filter(isCode)
    .flatMap(freeNamesOf)
    .map(({ name }) => name)

test('freeNamesOf() gives a global with the member that is read', () => {
  expect(namesIn('Math.random()')).toEqual(['Math.random'])
})

test('freeNamesOf() looks through the global object', () => {
  expect(namesIn('globalThis.fetch')).toEqual(['fetch'])
  expect(namesIn('window.performance.now()')).toEqual(['performance.now'])
})

test('freeNamesOf() leaves declared names, property names and types out', () => {
  expect(namesIn('const fetch = 1\nfetch\nlet a: Date = { console: 2 }\na.process')).toEqual([])
})
