import { expect, test } from 'vitest'
import { conclude } from './conclude.ts'

const run = { passed: 3, failed: 1, skipped: 2 }

test('conclude() adds the runs up and names what was left out without failing for it', () => {
  expect(conclude([run, run], ['the browser tests'], false)).toEqual({
    passed: 6,
    failed: 2,
    leftOut: ['the browser tests', '4 tests left themselves out for want of what they need'],
  })
})

test('conclude() fails for each thing left out where everything is required', () => {
  expect(conclude([run], ['the browser tests'], true).failed).toBe(4)
})

test('conclude() says nothing when nothing was left out', () => {
  expect(conclude([{ passed: 1, failed: 0, skipped: 0 }], [], true)).toEqual({
    passed: 1,
    failed: 0,
    leftOut: [],
  })
})
