import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkBannedWords } from './banned-words.ts'

const messagesOf = (path: string, text: string): string[] =>
  checkBannedWords([sourceFile(path, text)]).map(({ message }) => message)

/* The words are joined here so that this file does not hold them. */
const word = (...parts: string[]): string => parts.join('')

test('checkBannedWords() names the path of one machine, in documentation too', () => {
  expect(messagesOf('docs/a.md', word('see `/ho', 'me/anna/notes`'))).toEqual([
    word("'/ho", "me/a' names a path of one machine"),
  ])
})

test('checkBannedWords() lets addresses and relative paths pass', () => {
  expect(messagesOf('docs/a.md', `https://example.org/home/page ${['.', 'work', 'item'].join('/')}`)).toEqual(
    [],
  )
})

test('checkBannedWords() names work left undone and the line it is on', () => {
  const offences = checkBannedWords([sourceFile('a.ts', word('\n// TO', 'DO: later'))])

  expect(offences.map(({ line, message }) => [line, message])).toEqual([
    [2, word("'TO", "DO' leaves work undone")],
  ])
})

test('checkBannedWords() names a test that is left out or alone', () => {
  expect(messagesOf('a.test.ts', word('it.on', "ly('x', f)"))).toHaveLength(1)
  expect(messagesOf('a.test.ts', word('test.sk', "ip('x', f)"))).toHaveLength(1)
  expect(messagesOf('a.test.ts', "test.skipIf(noChromium)('x', f)")).toEqual([])
})

test('checkBannedWords() allows an expected type error in tests only', () => {
  const text = word('// @ts-', 'expect-error wrong on purpose')

  expect(messagesOf('a.test.ts', text)).toEqual([])
  expect(messagesOf('a.ts', text)).toHaveLength(1)
})

test('checkBannedWords() names a rule switched off in place', () => {
  expect(messagesOf('a.ts', word('// eslint-', 'disable-next-line'))).toHaveLength(1)
})
