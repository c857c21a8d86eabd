import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkTestTitles } from './test-titles.ts'

const tests = sourceFile(
  'src/retry.test.ts',
  `describe('retry()', () => {
    it('stops at the limit', () => {})
    it.each<[number]>([[1]])("waits \`%i\` ms \\"more\\"", () => {})
  })
  note('is no test', () => {})`,
)

const complaints = (page: string, text: string): string[] =>
  checkTestTitles([tests, sourceFile(page, text)]).map(({ line, message }) => `${line}: ${message}`)

test('checkTestTitles() takes titles of tests and of groups, from their beginning', () => {
  const text = [
    '[retry()](../src/retry.test.ts)',
    '| x | [stops at](../src/retry.test.ts), [waits `%i` ms "more"](../src/retry.test.ts) |',
  ]

  expect(complaints('docs/requirements.md', text.join('\n'))).toEqual([])
})

test('checkTestTitles() names the page and line of a title that is not there, or whose file is not', () => {
  const text =
    '\n[at the limit](../src/retry.test.ts) [is no test](../src/retry.test.ts) [retry()](gone.test.ts)'

  expect(complaints('docs/source-map.md', text)).toEqual([
    "2: '../src/retry.test.ts' has no test 'at the limit'",
    "2: '../src/retry.test.ts' has no test 'is no test'",
    "2: 'gone.test.ts' has no test 'retry()'",
  ])
})

test('checkTestTitles() leaves other pages and other links alone', () => {
  expect(complaints('docs/comparison.md', '[test](../src/retry.test.ts)')).toEqual([])
  expect(complaints('docs/requirements.md', '[a page](policies/retry.md)')).toEqual([])
})
