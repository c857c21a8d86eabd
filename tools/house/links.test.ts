import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkLinks } from './links.ts'

const missing = (path: string, text: string): string[] =>
  checkLinks([sourceFile(path, text)], (to) => to === 'docs/here.md').map(
    ({ line, message }) => `${line}: ${message}`,
  )

test('checkLinks() follows links from the folder of the file, anchors left off', () => {
  expect(missing('docs/a.md', '[here](here.md#top)\n[gone](gone.md)')).toEqual([
    "2: 'gone.md' does not exist",
  ])
  expect(missing('packages/hub/README.md', '[here](../../docs/here.md)')).toEqual([])
})

test('checkLinks() follows pictures', () => {
  expect(missing('README.md', '![page](docs/page.png)\n<img src="docs/other.png">')).toEqual([
    "1: 'docs/page.png' does not exist",
    "2: 'docs/other.png' does not exist",
  ])
})

test('checkLinks() leaves the web, the page itself and code alone', () => {
  expect(missing('README.md', '[a](https://x.org/y) [b](#c)\n```ts\nf[0](gone.md)\n```\n')).toEqual([])
})
