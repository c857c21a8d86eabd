import type { LiveTick, OutcomeSeries } from 'breakwater/protocol'
import { describe, expect, it } from 'vitest'
import { liveTick } from '../../../test/fixtures/live-tick.ts'
import { appendTicks, untilNow } from './append-ticks.ts'

const total = (tick: LiveTick): LiveTick['total'] => tick.total

describe('appendTicks()', () => {
  it('adds ticks into the steps that they fall in', () => {
    const base = { series: series([0, 5_000], [10, 4]), range: { from: 0, to: 7_000, stepMs: 5_000 } }

    const { at, calls } = appendTicks(
      base,
      [liveTick(8_000, 3), liveTick(10_000, 2), liveTick(11_000, 7)],
      total,
    )

    expect(at).toEqual([0, 5_000, 10_000])
    expect(calls).toEqual([10, 9, 7])
  })

  it('leaves out ticks that the answer covers', () => {
    const base = { series: series([0], [10]), range: { from: 0, to: 5_000, stepMs: 5_000 } }

    expect(appendTicks(base, [liveTick(5_000, 3)], total)).toBe(base.series)
  })

  it('leaves a gap, not a zero, where no tick came', () => {
    const base = { series: series([0], [10]), range: { from: 0, to: 1_000, stepMs: 1_000 } }

    const { at, calls } = appendTicks(base, [liveTick(4_000, 2)], total)

    expect(at).toEqual([0, 1_000, 2_000, 3_000])
    expect(calls).toEqual([10, null, null, 2])
  })

  it('takes quantiles over where a step is one tick', () => {
    const base = { series: series([0], [10]), range: { from: 0, to: 1_000, stepMs: 1_000 } }

    expect(appendTicks(base, [liveTick(2_000)], total).p95).toEqual([null, 9])
  })

  it('has no quantiles where a step is several ticks, as they do not add up', () => {
    const base = { series: series([0], [10]), range: { from: 0, to: 5_000, stepMs: 5_000 } }

    expect(appendTicks(base, [liveTick(6_000), liveTick(7_000)], total).p95).toEqual([null, null])
  })

  it('passes over ticks that do not tell about what is shown', () => {
    const base = { series: series([0], [10]), range: { from: 0, to: 1_000, stepMs: 1_000 } }

    expect(appendTicks(base, [liveTick(2_000)], () => undefined).calls).toEqual([10])
  })

  it('starts a series that had no step', () => {
    const base = { series: series([], []), range: { from: 0, to: 1_000, stepMs: 1_000 } }

    expect(appendTicks(base, [liveTick(2_000, 6)], total).calls).toEqual([null, 6])
  })
})

describe('untilNow()', () => {
  it('says how much of a step that is not over reports tell of', () => {
    const { series: kept, lastStepMs } = untilNow(series([0, 5_000], [10, 1]), { now: 8_000, stepMs: 5_000 })

    expect(kept.at).toEqual([0, 5_000])
    expect(lastStepMs).toBe(2_000)
  })

  it('leaves out a step that has hardly begun', () => {
    const { series: kept, lastStepMs } = untilNow(series([0, 5_000], [10, 1]), { now: 7_999, stepMs: 5_000 })

    expect(kept.calls).toEqual([10])
    expect(lastStepMs).toBe(5_000)
  })

  it('keeps a step of one second once it is told of', () => {
    expect(untilNow(series([0, 1_000], [10, 1]), { now: 3_000, stepMs: 1_000 }).series.at).toEqual([0, 1_000])
  })

  it('leaves out steps that lie ahead', () => {
    const ahead = untilNow(series([0, 5_000, 10_000], [10, 4, 0]), { now: 8_000, stepMs: 5_000 })

    expect(ahead.series.at).toEqual([0, 5_000])
  })
})

function series(at: number[], calls: number[]): OutcomeSeries {
  const gaps = at.map(() => null)
  return {
    at,
    calls,
    successes: calls,
    failures: gaps,
    rejections: gaps,
    spared: gaps,
    p50: gaps,
    p95: gaps,
    p99: gaps,
  }
}
