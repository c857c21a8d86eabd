import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latencyBucketCount, mergeLatency } from 'breakwater/protocol'
import { decodeBuckets, encodeBuckets, mergeBuckets } from './latency-blob.ts'

const pairs = fc
  .uniqueArray(fc.tuple(fc.nat(latencyBucketCount - 1), fc.integer({ min: 1, max: 1_000_000_000_000 })), {
    selector: ([bucket]) => bucket,
  })
  .map((entries) => entries.sort(([a], [b]) => a - b).flat())

test('decodeBuckets() gives back what encodeBuckets() took', () => {
  fc.assert(
    fc.property(pairs, (buckets) => {
      expect(decodeBuckets(encodeBuckets(buckets))).toEqual(buckets)
    }),
  )
})

test('mergeBuckets() gives the same sum as the protocol', () => {
  fc.assert(
    fc.property(pairs, pairs, (a, b) => {
      const sum = mergeLatency({ sumMs: 0, maxMs: 0, buckets: a }, { sumMs: 0, maxMs: 0, buckets: b })

      expect(decodeBuckets(mergeBuckets(encodeBuckets(a), encodeBuckets(b)))).toEqual(sum.buckets)
    }),
  )
})

test('encodeBuckets() takes 3 bytes for a usual bucket', () => {
  expect(encodeBuckets([200, 100]).length).toBe(3)
})
