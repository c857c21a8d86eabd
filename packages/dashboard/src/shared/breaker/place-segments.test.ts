import { describe, expect, it } from 'vitest'
import { placeSegments, stripSummary } from './place-segments.ts'

const strip = [
  { from: 0, to: 60_000, state: 'closed' },
  { from: 60_000, to: 75_000, state: 'open' },
  { from: 75_000, to: 75_000, state: 'half-open' },
  { from: 75_000, to: 100_000, state: 'closed' },
] as const

describe('placeSegments()', () => {
  it('places each stretch in per cent of the whole and leaves out one without length', () => {
    expect(
      placeSegments(strip).map(({ startPercent, widthPercent }) => [startPercent, widthPercent]),
    ).toEqual([
      [0, 60],
      [60, 15],
      [75, 25],
    ])
  })

  it('is empty without history', () => {
    expect(placeSegments([])).toEqual([])
  })
})

describe('stripSummary()', () => {
  it('adds up how long it was in each state', () => {
    expect(stripSummary(strip)).toBe('Closed for 1 min 25 s, open for 15 s, half-open for 0 s')
  })

  it('says that there is none', () => {
    expect(stripSummary([])).toBe('No history in this range')
  })
})
