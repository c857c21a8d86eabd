import { expect, test } from 'vitest'
import type { Row } from './row.ts'
import { conclusionOf, tableOf } from './table.ts'

const row = (changes: Partial<Row>): Row => ({
  ...{ suite: 'stack', contestant: 'breakwater', case: 'success', ns: 250, ratio: 4.5, bytes: 700 },
  ...changes,
})

test('tableOf() marks both targets of our row, met at the limit and missed above it', () => {
  const table = tableOf({ name: 'stack', about: 'x' }, [row({ ratio: 5, bytes: 1_025 })])

  expect(table).toContain('≤ 5× met, ≤ 1 KB MISSED')
})

test('tableOf() judges nobody but breakwater', () => {
  const table = tableOf({ name: 'stack', about: 'x' }, [
    row({ contestant: 'breakwater + runtime', ratio: 90 }),
  ])

  expect(table).not.toMatch(/met|MISSED/)
})

test('conclusionOf() counts the targets that are met and names those that are not', () => {
  const rows = [row({}), row({ suite: 'retry', case: 'success', ratio: 3.6 })]

  expect(conclusionOf(rows)).toBe('\n2 of 3 targets met; missed: retry, success (≤ 3.5×)')
})
