import { expect, test } from 'vitest'
import { newLines } from './new-lines.ts'

test('newLines() answers each line once over several outputs', () => {
  const seen = new Set<string>()

  expect(newLines('a.ts(1,1): error\nb.ts(2,2): error\n', seen)).toEqual([
    'a.ts(1,1): error',
    'b.ts(2,2): error',
  ])
  expect(newLines('b.ts(2,2): error\nc.ts(3,3): error\n', seen)).toEqual(['c.ts(3,3): error'])
})
