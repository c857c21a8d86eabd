import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkSizes } from './sizes.ts'

const lines = (count: number, text: string): string => `${text}\n`.repeat(count)

test('checkSizes() lets a file of 250 lines pass and names one of 251', () => {
  const offences = checkSizes([sourceFile('a.ts', lines(250, '//')), sourceFile('b.ts', lines(251, '//'))])

  expect(offences).toEqual([
    { path: 'b.ts', line: 250, rule: 'file-size', message: '251 lines, at most 250' },
  ])
})

test('checkSizes() gives a test file 400 lines', () => {
  const offences = checkSizes([
    sourceFile('a.test.ts', lines(400, '//')),
    sourceFile('b.test.ts', lines(401, '//')),
  ])

  expect(offences.map(({ path }) => path)).toEqual(['b.test.ts'])
})

test('checkSizes() measures a function between its braces: 40 lines pass, 41 do not', () => {
  const short = `function short() {\n${lines(40, 'work()')}}\n`
  const long = `const long = () => {\n${lines(41, 'work()')}}\n`

  const offences = checkSizes([sourceFile('a.ts', short + long)])

  expect(offences).toEqual([
    { path: 'a.ts', line: 43, rule: 'function-size', message: "'long' has 41 lines, at most 40" },
  ])
})

test('checkSizes() names a constructor with 4 positional parameters and lets 3 pass', () => {
  const text = 'class A {\n  constructor(a, b, c) {}\n}\nclass B {\n  constructor(a, b, c, d) {}\n}\n'

  const offences = checkSizes([sourceFile('a.ts', text)])

  expect(offences.map(({ line, message }) => [line, message])).toEqual([
    [5, "'constructor' has 4 positional parameters, at most 3"],
  ])
})

test('checkSizes() does not measure functions in tests', () => {
  const long = `describe('x', () => {\n${lines(60, 'work()')}})\n`

  expect(checkSizes([sourceFile('a.test.ts', long)])).toEqual([])
})

test('checkSizes() holds a README to 120 lines and no other Markdown', () => {
  const text = lines(121, 'word')

  const offences = checkSizes([sourceFile('docs/long.md', text), sourceFile('packages/hub/README.md', text)])

  expect(offences.map(({ path, rule }) => [path, rule])).toEqual([['packages/hub/README.md', 'readme-size']])
})
