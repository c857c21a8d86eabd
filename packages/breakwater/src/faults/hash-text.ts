/**
 * A 64-bit hash of a text as 16 hex digits: fast and well mixed, not for secrets. Two 32-bit lanes are
 * multiplied by different odd constants and crossed at the end.
 *
 * @see https://github.com/aappleby/smhasher for the finalizer (MurmurHash3)
 */
export function hashText(text: string): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x9e3779b1)
    b = Math.imul(b ^ unit, 0x5f356495)
    a ^= a >>> 15
    b ^= b >>> 13
  }
  return toHex(mix(a ^ Math.imul(b, 0x85ebca6b))) + toHex(mix(b ^ Math.imul(a, 0xc2b2ae35)))
}

function mix(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function toHex(value: number): string {
  return value.toString(16).padStart(8, '0')
}
