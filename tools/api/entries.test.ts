import { expect, test } from 'vitest'
import { entriesOf } from './entries.ts'

test('entriesOf() reads each entry that has a source', () => {
  const manifest =
    '{ "exports": { ".": { "breakwater-source": "./src/index.ts" }, "./node": { "breakwater-source": "./src/node/index.ts" }, "./package.json": "./package.json" } }'

  expect(entriesOf(manifest)).toEqual([
    { name: '.', source: 'src/index.ts' },
    { name: './node', source: 'src/node/index.ts' },
  ])
})

test('entriesOf() answers nothing for a package without exports', () => {
  expect(entriesOf('{ "name": "x" }')).toEqual([])
})
