import type { Random } from '../random/random.ts'

/** Anything that gives waits of its own, jitter included: the backoffs of `retry` do. */
export interface OpenTimes {
  delayMs(opening: number, random: Random, previousMs: number): number
}

/** The open time of one's own: from the number of openings without a recovery between them, 1 for the first. */
export type OpenTime = ((opening: number) => number) | OpenTimes

/** What the open time is made of. */
export interface OpenTimeTerms {
  readonly openMs: number
  readonly openTime: OpenTime | undefined
  readonly maxOpenMs: number
  readonly jitter: number
  readonly random: Random
}

/**
 * How long the circuit stays open this time. The cap comes before the jitter, so that instances which all reached it still
 * do not try together. A rule of the user's that fails, or gives no number, means the cap.
 */
export function openTimeOf(terms: OpenTimeTerms, opening: number, previousMs: number): number {
  const { maxOpenMs, jitter, random } = terms
  const spread = jitter === 0 ? 1 : 1 + jitter * (2 * random.next() - 1)
  return Math.min(maxOpenMs, rawOpenTime(terms, opening, previousMs)) * spread
}

function rawOpenTime(terms: OpenTimeTerms, opening: number, previousMs: number): number {
  const { openMs, openTime, maxOpenMs, random } = terms
  if (openTime === undefined) return openMs * 2 ** Math.min(opening - 1, 30)
  try {
    const ms =
      typeof openTime === 'function' ? openTime(opening) : openTime.delayMs(opening, random, previousMs)
    return typeof ms === 'number' && ms >= 0 ? ms : maxOpenMs
  } catch {
    return maxOpenMs
  }
}
