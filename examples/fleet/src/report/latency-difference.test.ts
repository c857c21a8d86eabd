import { latencyCount, latencyQuantile } from 'breakwater/protocol'
import { expect, test } from 'vitest'
import { latencyCounts } from '../load/latency-counts.ts'
import { latencyDifference } from './latency-difference.ts'

test('latencyDifference() holds just the durations that came between', () => {
  const counts = latencyCounts()
  counts.record(1)
  counts.record(1)
  const before = counts.facts()
  counts.record(1)
  counts.record(50)

  const between = latencyDifference(counts.facts(), before)

  expect(latencyCount(between)).toBe(2)
  expect(between.sumMs).toBe(51)
  expect(latencyQuantile(between, 1)).toBeCloseTo(50, -1)
})
