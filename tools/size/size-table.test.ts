import { expect, test } from 'vitest'
import { type MeasuredSize, sizeTable, staleSizes, withSizes } from './size-table.ts'

const page = [
  '# Comparison',
  '<!-- sizes: written by npm run size -- --write -->',
  'old',
  '<!-- end of sizes -->',
  'more',
].join('\n')

function size(library: string, gzipBytes: number): MeasuredSize {
  const told = { part: 'retry', what: '`retry`', source: '', holds: 'backoff' }
  return { ...told, library, version: '1.0.0', gzipBytes, minifiedBytes: 3 * gzipBytes }
}

test('sizeTable() has the part once, then libraries side by side in kilobytes of a thousand bytes', () => {
  const lines = sizeTable([size('ours', 2_040), size('theirs', 1_000)]).split('\n')

  expect(lines.slice(-2)).toEqual([
    '| **retry** | ours 1.0.0 | `retry` | 2.0 | 6.1 | backoff |',
    '|  | theirs 1.0.0 | `retry` | 1.0 | 3.0 | backoff |',
  ])
})

test('sizeTable() says plainly which target is missed, and by how much', () => {
  expect(sizeTable([size('breakwater', 10_200)])).toContain('retry alone: 10.2 KB, target 3.0')
  expect(sizeTable([size('breakwater', 2_900)])).toContain('within our targets')
})

test('withSizes() puts the table in its place and leaves the rest of the page', () => {
  const written = withSizes(page, 'new')

  expect(written).toContain('npm run size -- --write -->\n\nnew\n\n<!-- end of sizes -->\nmore')
  expect(written).not.toContain('old')
  expect(() => withSizes('# Comparison', 'new')).toThrow('Cannot place the sizes')
})

test('staleSizes() finds nothing on a page just written, nor within a twentieth', () => {
  const written = withSizes(page, sizeTable([size('ours', 2_000)]))

  expect(staleSizes(written, [size('ours', 2_000)])).toEqual([])
  expect(staleSizes(written, [size('ours', 2_100)])).toEqual([])
})

test('staleSizes() names a figure that is further off, and a row that is not there', () => {
  const written = withSizes(page, sizeTable([size('ours', 2_000)]))

  expect(staleSizes(written, [size('ours', 2_150), size('theirs', 1_000)])).toEqual([
    'ours 1.0.0, `retry`: 2, now 2.1 KB',
    'theirs 1.0.0, `retry`: not there, now 1.0 KB',
  ])
})
