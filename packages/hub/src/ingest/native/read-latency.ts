import { type LatencyFacts, latencyBucketCount } from 'breakwater/protocol'
import { InvalidFieldError } from './invalid-field-error.ts'
import { type Fields, maxCounter, readNumber } from './read-fields.ts'

const rule = `pairs of an ascending bucket number below ${latencyBucketCount} and a count above 0`

/** Reads a latency distribution. */
export function readLatency(source: Fields): LatencyFacts {
  const { buckets } = source
  if (!Array.isArray(buckets) || buckets.length % 2 !== 0 || buckets.length > latencyBucketCount * 2) {
    throw new InvalidFieldError('buckets', rule, buckets)
  }
  const checked: number[] = []
  let last = -1
  for (let i = 0; i < buckets.length; i += 2) {
    const bucket = checkWhole(buckets[i], [last + 1, latencyBucketCount - 1])
    checked.push(bucket, checkWhole(buckets[i + 1], [1, maxCounter]))
    last = bucket
  }
  return { sumMs: readNumber(source, 'sumMs'), maxMs: readNumber(source, 'maxMs'), buckets: checked }
}

function checkWhole(value: unknown, [min, max]: readonly [number, number]): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw new InvalidFieldError('buckets', rule, value)
}
