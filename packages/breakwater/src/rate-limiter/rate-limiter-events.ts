/** What a rate limiter reports. */
export type RateLimitEvent = RateLimitReached | RateLimitOverflowed

/** A key reached its limit: the first refusal since it was last admitted. */
export interface RateLimitReached {
  readonly type: 'RateLimitReached'
  readonly policy: string
  readonly key: string
  readonly limit: number
  readonly retryAfterMs: number
}

/** There are as many keys as there may be, and all still count: the first time since there was room. */
export interface RateLimitOverflowed {
  readonly type: 'RateLimitOverflowed'
  readonly policy: string
  readonly maxKeys: number
  /** Whether new keys are refused, or the least recently used are forgotten. */
  readonly overflow: 'refuse' | 'forget'
}
