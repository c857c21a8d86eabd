import { describe, expect, it } from 'vitest'
import { formatBytes, formatMs, formatRate, formatShare, formatShort, plural } from './format-number.ts'

describe('formatShare()', () => {
  it('is a dash of nothing, not a zero', () => {
    expect(formatShare(0, 0)).toBe('–')
  })

  it('never rounds some down to none', () => {
    expect(formatShare(1, 100_000)).toBe('< 0.1 %')
  })

  it('never rounds nearly all up to all', () => {
    expect(formatShare(99_999, 100_000)).toBe('> 99.9 %')
  })

  it('has one decimal where it counts', () => {
    expect([formatShare(0, 9), formatShare(1, 30), formatShare(62, 120), formatShare(9, 9)]).toEqual([
      '0 %',
      '3.3 %',
      '52 %',
      '100 %',
    ])
  })
})

describe('formatShort()', () => {
  it('spells out up to ten thousand', () => {
    expect([formatShort(9_999), formatShort(12_345).toLowerCase()]).toEqual(['9,999', '12.3k'])
  })
})

describe('formatMs()', () => {
  it('is a dash for no call', () => {
    expect(formatMs(null)).toBe('–')
  })

  it('has about three figures', () => {
    expect([0, 0.123, 1.26, 12.6, 1234.5].map(formatMs)).toEqual(['0', '0.12', '1.3', '13', '1,235'])
  })
})

describe('formatRate()', () => {
  it('tells little from nothing', () => {
    expect([0, 0.26, 12.4, 240].map(formatRate)).toEqual(['0', '0.3', '12', '240'])
  })
})

describe('formatBytes()', () => {
  it('takes the unit that fits', () => {
    expect([0, 999, 18_345_984].map(formatBytes)).toEqual(['0 B', '999 B', '18.3 MB'])
  })
})

describe('plural()', () => {
  it('tells one from many', () => {
    expect([plural(1, 'call'), plural(0, 'call')]).toEqual(['1 call', '0 calls'])
  })
})
