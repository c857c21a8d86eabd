import type { LimitBounds } from './limit-algorithm.ts'

/** The limit, or the bound that it is beyond. */
export function withinBounds(limit: number, { minLimit, maxLimit }: LimitBounds): number {
  return Math.min(maxLimit, Math.max(minLimit, limit))
}
