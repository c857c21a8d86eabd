import { describe, expect, it } from 'vitest'
import { rowWindow } from './window-rows.ts'

describe('rowWindow()', () => {
  it('draws 200 rows whole', () => {
    expect(rowWindow({ count: 200, rowPx: 28, scrolledPx: 3_000, viewPx: 800 })).toEqual({
      first: 0,
      end: 200,
      beforePx: 0,
      afterPx: 0,
    })
  })

  it('draws of 201 rows those in view and 12 around them', () => {
    expect(rowWindow({ count: 201, rowPx: 28, scrolledPx: 2_800, viewPx: 280 })).toEqual({
      first: 88,
      end: 122,
      beforePx: 88 * 28,
      afterPx: 79 * 28,
    })
  })

  it('starts with the first row while the list is below the top', () => {
    expect(rowWindow({ count: 1_000, rowPx: 28, scrolledPx: -200, viewPx: 800 })).toMatchObject({
      first: 0,
      beforePx: 0,
    })
  })

  it('draws nothing, but keeps the height, when scrolled far beyond', () => {
    const { first, end, beforePx, afterPx } = rowWindow({
      count: 1_000,
      rowPx: 28,
      scrolledPx: 100_000,
      viewPx: 800,
    })

    expect([first, end]).toEqual([1_000, 1_000])
    expect(beforePx + afterPx).toBe(28_000)
  })
})
