import { expect, test } from 'vitest'
import { formatTally, sumTallies, tallyOfStep } from './tally.ts'

test('tallyOfStep() takes the last line a step printed', () => {
  expect(tallyOfStep('9 passed, 9 failed\nmore\n12 passed, 0 failed\n', 0)).toEqual({ passed: 12, failed: 0 })
})

test('tallyOfStep() counts a step that prints no tally as one', () => {
  expect(tallyOfStep('all fine\n', 0)).toEqual({ passed: 1, failed: 0 })
  expect(tallyOfStep('an error\n', 2)).toEqual({ passed: 0, failed: 1 })
})

test('tallyOfStep() counts a failure when the step ended badly and printed none', () => {
  expect(tallyOfStep('12 passed, 0 failed\n', 1)).toEqual({ passed: 12, failed: 1 })
})

test('formatTally() writes the sum of the steps as the last line of a run', () => {
  const total = sumTallies([
    { passed: 2, failed: 0 },
    { passed: 3, failed: 1 },
  ])

  expect(formatTally(total)).toBe('5 passed, 1 failed')
})
