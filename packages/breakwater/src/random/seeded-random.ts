import type { Random } from './random.ts'

/**
 * A reproducible source of chance: the same seed gives the same numbers.
 *
 * @param seed any number; only its low 32 bits count
 * @see mulberry32 by Tommy Ettinger (public domain)
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { next }
}
