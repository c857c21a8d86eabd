import { latencyBucketCount } from 'breakwater/protocol'

// Two bytes for the step and at most eight for a count below 2 ** 53.
const scratch = new Uint8Array(latencyBucketCount * 10)

/**
 * Buckets of a latency distribution as bytes: for each, the step from the bucket before and the count, both as
 * LEB128. About 3 bytes a bucket.
 *
 * @see https://en.wikipedia.org/wiki/LEB128
 */
export function encodeBuckets(buckets: readonly number[]): Uint8Array {
  let length = 0
  let last = 0
  for (let i = 0; i < buckets.length; i += 2) {
    const bucket = buckets[i] ?? 0
    length = writeNumber(bucket - last, length)
    length = writeNumber(buckets[i + 1] ?? 0, length)
    last = bucket
  }
  return scratch.slice(0, length)
}

/** The buckets that `encodeBuckets` wrote. */
export function decodeBuckets(bytes: Uint8Array): number[] {
  const buckets: number[] = []
  let value = 0
  let scale = 1
  let last = 0
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale
    scale *= 128
    if (byte >= 0x80) continue
    if (buckets.length % 2 === 0) last = value += last
    buckets.push(value)
    value = 0
    scale = 1
  }
  return buckets
}

/** The sum of two encoded distributions. */
export function mergeBuckets(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const left = decodeBuckets(a)
  const right = decodeBuckets(b)
  const merged: number[] = []
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    const x = left[i] ?? Infinity
    const y = right[j] ?? Infinity
    merged.push(Math.min(x, y), (x <= y ? (left[i + 1] ?? 0) : 0) + (y <= x ? (right[j + 1] ?? 0) : 0))
    if (x <= y) i += 2
    if (y <= x) j += 2
  }
  return encodeBuckets(merged)
}

// Arithmetic instead of shifts, for counts may be larger than 32 bits.
function writeNumber(value: number, offset: number): number {
  let at = offset
  let rest = value
  while (rest >= 128) {
    scratch[at++] = (rest % 128) | 0x80
    rest = Math.floor(rest / 128)
  }
  scratch[at++] = rest
  return at
}
