import { expect, test } from 'vitest'
import { judgePackedFiles, readPackedFiles } from './packed-files.ts'

test('judgePackedFiles() wants the page in the hub', () => {
  expect(judgePackedFiles('hub', ['dist/index.js'])).toEqual([
    "'page/index.html' is missing from the package",
  ])
  expect(judgePackedFiles('hub', ['dist/index.js', 'page/index.html'])).toEqual([])
})

test('judgePackedFiles() names what only tests need', () => {
  expect(
    judgePackedFiles('breakwater', [
      'src/testing/fake-clock.ts',
      'dist/node/fixtures/child.js',
      'src/a.test.ts',
    ]),
  ).toEqual([
    "'dist/node/fixtures/child.js' is packed, and only tests need it",
    "'src/a.test.ts' is packed, and only tests need it",
  ])
})

test('readPackedFiles() reads the answer of npm, and throws when there is none', () => {
  expect(
    readPackedFiles('[{ "files": [{ "path": "dist/a.js", "size": 1 }, { "path": "package.json" }] }]'),
  ).toEqual(['dist/a.js', 'package.json'])
  expect(() => readPackedFiles('npm error')).toThrow("Cannot read what npm packs from 'npm error'")
})
