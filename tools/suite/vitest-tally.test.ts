import { expect, test } from 'vitest'
import { readVitestReport } from './vitest-tally.ts'

test('readVitestReport() counts what passed, failed and left itself out', () => {
  const report = '{ "numPassedTests": 5, "numFailedTests": 2, "numPendingTests": 3, "numTodoTests": 1 }'

  expect(readVitestReport(report, 1)).toEqual({ passed: 5, failed: 2, skipped: 4 })
})

test('readVitestReport() has a failure when a file could not be loaded and no test failed', () => {
  expect(readVitestReport('{ "numPassedTests": 5, "numFailedTests": 0 }', 1)).toEqual({
    passed: 5,
    failed: 1,
    skipped: 0,
  })
})

test('readVitestReport() has a failure when there is no report at all', () => {
  expect(readVitestReport(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})
