import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latencyCount, type LatencyFacts } from '../protocol/index.ts'
import { LatencyTotals } from './latency-totals.ts'
import { OperationLatency } from './operation-latency.ts'

function latencyOf(durations: readonly number[]): OperationLatency {
  const latency = new OperationLatency()
  for (const duration of durations) latency.sketch.record(duration)
  return latency
}

/** What a collector and a reader get who come between the durations. */
function runOf(steps: readonly (number | 'collect' | 'read')[]) {
  const latency = new OperationLatency()
  const collected: LatencyFacts[] = []
  const counts: number[] = []
  for (const step of steps) {
    if (typeof step === 'number') latency.sketch.record(step)
    else if (step === 'collect') collected.push(latency.collect())
    else counts.push(latencyCount(latency.totals()))
  }
  return { latency, collected, counts }
}

describe('OperationLatency', () => {
  it('totals() has everything since the start, whatever was collected', () => {
    const latency = latencyOf([1, 250])
    latency.collect()
    latency.sketch.record(1)

    const first = latency.totals()
    latency.collect()

    expect([latencyCount(first), first.sumMs, first.maxMs]).toEqual([3, 252, 250])
    expect(latency.totals()).toEqual(first)
  })

  it('collect() has what is new and nothing of before, whatever was read', () => {
    const latency = latencyOf([250])
    latency.collect()
    latency.sketch.record(1)
    latency.totals()
    latency.sketch.record(3)

    const { sumMs, maxMs, buckets } = latency.collect()

    expect({ sumMs, maxMs, buckets }).toEqual({
      sumMs: 4,
      maxMs: 3,
      buckets: latencyOf([1, 3]).collect().buckets,
    })
    expect(latency.collect()).toEqual({ sumMs: 0, maxMs: 0, buckets: [] })
  })

  it('gives a collector the same with a reader beside it as without, and the reader counts that never go down', () => {
    const step = fc.oneof(fc.nat(9_999), fc.constantFrom('collect' as const, 'read' as const))
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const watched = runOf(steps)
        const alone = runOf(steps.filter((taken) => taken !== 'read'))

        expect(watched.collected).toEqual(alone.collected)
        expect(watched.counts).toEqual(watched.counts.toSorted((a, b) => a - b))
        expect(watched.latency.totals()).toEqual(alone.latency.totals())
      }),
    )
  })
})

describe('LatencyTotals', () => {
  it('add() counts beyond what a sketch can hold in one bucket', () => {
    const totals = new LatencyTotals()
    const many = { sumMs: 4e9, maxMs: 1, buckets: [7, 4_000_000_000] }
    totals.add(many)
    totals.add(many)

    expect(totals.read()).toEqual({ sumMs: 8e9, maxMs: 1, buckets: [7, 8_000_000_000] })
  })
})
