import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { summariseSizes } from './size-summary.ts'

test('summariseSizes() gives median, 90th percentile and longest of files and bodies, tests left out', () => {
  const files = [1, 2, 3].map((count) =>
    sourceFile(`f${count}.ts`, `function f() {\n${'x()\n'.repeat(count)}}\n`),
  )

  const summary = summariseSizes([...files, sourceFile('f.test.ts', 'x()\n'.repeat(99))])

  expect(summary).toBe(
    'files 3: median 4, p90 5, longest 5 lines; function bodies 3: median 2, p90 3, longest 3 lines',
  )
})

test('summariseSizes() answers zeros when there is no code', () => {
  expect(summariseSizes([])).toContain('files 0: median 0, p90 0, longest 0 lines')
})
