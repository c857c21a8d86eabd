import { expect, test } from 'vitest'
import { formatTable } from './table.ts'

test('formatTable() makes columns as wide as their widest cell', () => {
  const table = formatTable([{ title: 'NAME' }, { title: 'CALLS', align: 'right' }], [['payments', '7']])

  expect(table).toBe('NAME      CALLS\npayments      7\n')
})

test('formatTable() shows control characters as a replacement character', () => {
  expect(formatTable([{ title: 'A' }], [['x\u001B[2Jy\u202E']])).toBe('A\nx\uFFFD[2Jy\uFFFD\n')
})
