import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkSourceMap } from './source-map.ts'

const report = `# .

interface Bulkhead extends Policy {
    limit: number;
    readonly active: number;
    run<T>(work: Work<T>): Promise<T>;
}
declare function bulkhead(options?: BulkheadOptions): Bulkhead;
`

const unknown = (...rows: readonly string[]): string[] =>
  checkSourceMap([
    sourceFile('packages/breakwater/api.txt', report),
    sourceFile('docs/source-map.md', rows.join('\n')),
  ]).map(({ line, message }) => `${line}: ${message}`)

test('checkSourceMap() knows what is exported, and its members', () => {
  expect(unknown('| `X` | `bulkhead(name)`, `Bulkhead.run`, `Bulkhead.limit`, `Bulkhead.active` |')).toEqual(
    [],
  )
})

test('checkSourceMap() names what is not exported, and members that are none', () => {
  expect(unknown('| a | b |', '| `X` | `Bulkhead.runs`, `SlotBulkhead` and `bulkhead.run` |')).toEqual([
    "2: nothing is called 'Bulkhead.runs'",
    "2: nothing is called 'SlotBulkhead'",
    "2: nothing is called 'bulkhead.run'",
  ])
})

test('checkSourceMap() looks at the second column of tables only', () => {
  expect(unknown('`Gone` is gone', '| `Gone` | none | `Gone` |')).toEqual([])
})
