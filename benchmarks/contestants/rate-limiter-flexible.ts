import { RateLimiterMemory } from 'rate-limiter-flexible'

/** A fixed window for each key, in memory. It counts; what it protects is called by hand. */
export function rateLimiterFlexible({
  limit,
  intervalMs,
}: {
  readonly limit: number
  readonly intervalMs: number
}): RateLimiterMemory {
  return new RateLimiterMemory({ points: limit, duration: intervalMs / 1_000 })
}
