import { describe, expect, it } from 'vitest'
import { formatAge, formatClock, formatDuration, formatIso, formatSince, formatSpan } from './format-time.ts'
import { parseLocal, toLocal } from './local-time.ts'

const noon = new Date(2026, 10, 3, 12, 4, 7).getTime()

describe('formatClock()', () => {
  it('writes the local time to the second', () => {
    expect(formatClock(noon)).toBe('12:04:07')
  })

  it('does not throw at a time that no date can hold', () => {
    expect(formatClock(9e15)).toMatch(/^\d\d:\d\d:\d\d$/)
  })
})

describe('formatIso()', () => {
  it('does not throw at a time that is no number', () => {
    expect(formatIso(Number.NaN)).toBe('1970-01-01T00:00:00.000Z')
  })
})

describe('formatSince()', () => {
  it('leaves the day out within 24 hours', () => {
    expect(formatSince(noon, noon + 86_399_999)).toBe('12:04:07')
  })

  it('says the day from 24 hours on', () => {
    expect(formatSince(noon, noon + 86_400_000)).toBe('3 Nov 12:04')
  })
})

describe('formatDuration()', () => {
  it('says seconds below a minute', () => {
    expect([0, 499, 4_000, 59_499].map(formatDuration)).toEqual(['0 s', '0 s', '4 s', '59 s'])
  })

  it('says two units above', () => {
    expect([60_000, 200_000, 7_500_000, 273_600_000].map(formatDuration)).toEqual([
      '1 min',
      '3 min 20 s',
      '2 h 5 min',
      '3 d 4 h',
    ])
  })

  it('is no less than nothing', () => {
    expect(formatDuration(-5_000)).toBe('0 s')
  })
})

describe('formatSpan()', () => {
  it('spells out a whole unit', () => {
    expect([900_000, 3_600_000, 604_800_000].map(formatSpan)).toEqual(['15 minutes', '1 hour', '7 days'])
  })

  it('is a duration when it is not whole', () => {
    expect(formatSpan(200_000)).toBe('3 min 20 s')
  })
})

describe('formatAge()', () => {
  it('goes from now over seconds to days', () => {
    expect([0, 1_499, 1_500, 59_000, 60_000, 3_600_000, 86_400_000].map((ms) => formatAge(0, ms))).toEqual([
      'now',
      'now',
      '2 s ago',
      '59 s ago',
      '1 min ago',
      '1 h ago',
      '1 d ago',
    ])
  })
})

describe('parseLocal()', () => {
  it('reads what toLocal() writes', () => {
    expect(parseLocal(toLocal(noon))).toBe(noon)
  })

  it('is undefined for an empty field', () => {
    expect(parseLocal('')).toBeUndefined()
  })

  it('is undefined for a day that does not exist', () => {
    expect(parseLocal('2026-13-01T00:00')).toBeUndefined()
  })
})
