import { describe, expect, it } from 'vitest'
import { PercentileWindow } from './percentile-window.ts'

function windowOf(durations: readonly number[], percentile = 0.5): PercentileWindow {
  const recent = new PercentileWindow({ windowMs: 1_000, percentile })
  for (const ms of durations) recent.record(ms, 0)
  return recent
}

/** Of the buckets that durations are counted in, which are up to 3 % wide. */
const near = (ms: number): unknown => expect.closeTo(ms, ms < 20 ? 0 : -1)

describe('PercentileWindow', () => {
  it('knows nothing below the minimum of samples, and something at it', () => {
    const recent = windowOf([10, 10])

    expect(recent.read(0, 3)).toBeUndefined()
    recent.record(10, 0)
    expect(recent.read(0, 3)).toEqual(near(10))
  })

  it('knows nothing at first, whatever the minimum', () => {
    expect(windowOf([]).read(0, 1)).toBeUndefined()
  })

  it('reads its percentile of the durations', () => {
    const durations = Array.from({ length: 100 }, (_, index) => index + 1)

    expect([0.1, 0.5, 0.95].map((percentile) => windowOf(durations, percentile).read(0, 1))).toEqual([
      near(10),
      near(50),
      near(95),
    ])
  })

  it('computes anew after a tenth of the window, not before', () => {
    const recent = windowOf([])
    recent.record(10, 5_000)
    const first = recent.read(5_000, 1)
    recent.record(500, 5_050)
    recent.record(500, 5_050)
    const kept = recent.read(5_099, 1)

    expect([first, kept, recent.read(5_100, 1)]).toEqual([near(10), near(10), near(500)])
  })

  it('computes at once as long as it has too few samples', () => {
    const recent = windowOf([10])
    const early = recent.read(0, 2)
    recent.record(10, 1)

    expect([early, recent.read(1, 2)]).toEqual([undefined, near(10)])
  })

  it('remembers the window before the one that fills, and no older one', () => {
    const recent = windowOf([10, 10, 10])
    recent.record(500, 1_000)
    const both = recent.read(1_999, 1)
    recent.record(500, 2_000)
    const next = recent.read(2_100, 1)

    expect([both, next]).toEqual([near(10), near(500)])
    expect([recent.read(2_100, 2), recent.read(2_100, 3)]).toEqual([near(500), undefined])
  })

  it('keeps what it knows for a window after the last sample, and forgets it when two have passed', () => {
    const read = (now: number): number | undefined => windowOf([10]).read(now, 1)

    expect([999, 1_000, 1_999, 2_000].map(read)).toEqual([near(10), near(10), near(10), undefined])
  })
})
