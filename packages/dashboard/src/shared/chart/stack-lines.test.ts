import { describe, expect, it } from 'vitest'
import type { ChartLine } from './chart-line.ts'
import { stackLines } from './stack-lines.ts'

describe('stackLines()', () => {
  it('lays each line on those after it', () => {
    expect(stackLines([line([5, 5]), line([2, 0]), line([1, 3])])).toEqual([
      [8, 8],
      [3, 3],
      [1, 3],
    ])
  })

  it('keeps a gap a gap', () => {
    expect(stackLines([line([null, 5]), line([null, 1])])).toEqual([
      [null, 6],
      [null, 1],
    ])
  })
})

function line(values: (number | null)[]): ChartLine {
  return { key: 'x', label: 'x', color: 'ink', values }
}
