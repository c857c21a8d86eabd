/**
 * Buckets of a latency distribution as bytes: for each, the step from the bucket before and the count, both as
 * LEB128. About 3 bytes a bucket.
 *
 * @see https://en.wikipedia.org/wiki/LEB128
 */
export function encodeBuckets(buckets: readonly number[]): Uint8Array {
  const bytes: number[] = []
  let last = 0
  for (let i = 0; i < buckets.length; i += 2) {
    const bucket = buckets[i] ?? 0
    pushNumber(bytes, bucket - last)
    pushNumber(bytes, buckets[i + 1] ?? 0)
    last = bucket
  }
  return Uint8Array.from(bytes)
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
function pushNumber(bytes: number[], value: number): void {
  while (value >= 128) {
    bytes.push((value % 128) | 0x80)
    value = Math.floor(value / 128)
  }
  bytes.push(value)
}
