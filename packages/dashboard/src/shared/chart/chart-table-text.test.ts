import { describe, expect, it } from 'vitest'
import { chartTableText } from './chart-table-text.ts'

describe('chartTableText()', () => {
  it('writes a header and a line for each step, a gap as an empty cell', () => {
    const line = { key: 'calls', label: 'calls', color: 'ink', values: [1.5, null] } as const

    expect(chartTableText([0, 1_000], [line], 'per second')).toBe(
      'time\tcalls (per second)\n1970-01-01T00:00:00.000Z\t1.5\n1970-01-01T00:00:01.000Z\t',
    )
  })
})
