import { describe, expect, it } from 'vitest'
import { fixedQuery, liveQuery, parseRange, rangeKey, spanOf } from './range.ts'

describe('parseRange()', () => {
  it('is live 15 minutes without a query', () => {
    expect(parseRange({})).toEqual({ kind: 'live', preset: '15m', spanMs: 900_000 })
  })

  it('is a named live range', () => {
    expect(parseRange({ range: '6h' })).toEqual({ kind: 'live', preset: '6h', spanMs: 21_600_000 })
  })

  it('is fixed with start and end, and remembers the way back', () => {
    expect(parseRange({ range: '1h', from: '1000', to: '2000' })).toEqual({
      kind: 'fixed',
      preset: '1h',
      from: 1_000,
      to: 2_000,
    })
  })

  it('is live when the end is the start', () => {
    expect(parseRange({ from: '1000', to: '1000' }).kind).toBe('live')
  })

  it('is live when a time is no number', () => {
    expect(parseRange({ from: '1e3', to: '2000' }).kind).toBe('live')
  })

  it('is live when a time is beyond what a date can hold', () => {
    expect(parseRange({ from: '1000', to: '8640000000000001' }).kind).toBe('live')
  })

  it('is the default for a name that is not offered', () => {
    expect(parseRange({ range: 'constructor' })).toMatchObject({ preset: '15m' })
  })
})

describe('spanOf()', () => {
  it('ends a live range now', () => {
    expect(spanOf(parseRange({}), 1_000_000)).toEqual({ from: 100_000, to: 1_000_000 })
  })

  it('leaves a fixed range where it is', () => {
    expect(spanOf(parseRange({ from: '5', to: '9' }), 1_000_000)).toEqual({ from: 5, to: 9 })
  })
})

describe('liveQuery()', () => {
  it('clears start and end, and does not spell out the default', () => {
    expect(liveQuery('15m')).toEqual({ range: '', from: '', to: '' })
  })
})

describe('fixedQuery()', () => {
  it('writes whole milliseconds', () => {
    expect(fixedQuery({ from: 10.4, to: 20.6 })).toEqual({ from: '10', to: '21' })
  })
})

describe('rangeKey()', () => {
  it('is the same for a live range whenever it is asked', () => {
    expect(rangeKey(parseRange({ range: '1h' }))).toBe('1h')
  })
})
