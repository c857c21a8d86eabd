import type { RunOptions, Work } from '../pipeline/call-context.ts'
import type { Policy } from '../pipeline/policy.ts'
import type { RateLimitEvent } from './rate-limiter-events.ts'

/** How a key of a rate limiter stands: what the headers of an HTTP answer are made of. */
export interface RateLimitState {
  readonly limit: number
  /** The highest cost that would be admitted now. */
  readonly remaining: number
  /** Milliseconds until a call of the usual cost is admitted; 0 when it would be now. */
  readonly retryAfterMs: number
}

/** A limit on how often calls run, as `rateLimiter` makes it. */
export interface RateLimiter extends Policy {
  readonly kind: 'rate-limiter'
  /**
   * How much may be taken in an interval. May be set: what was taken stays taken, what more may be taken now is let in at once,
   * and who waits and can no longer be served is refused. Takes time in proportion to the keys: tens of milliseconds for 100,000.
   */
  limit: number
  readonly intervalMs: number
  /**
   * How much may be taken at once: the capacity of the bucket; for the sliding window it is `limit`. May be set for a bucket; as
   * long as it was never given, it goes with `limit` (for `gcra` it stays 1).
   */
  burst: number
  /** Keys that are kept now. */
  readonly keys: number
  /** Calls that wait, of all keys. */
  readonly queued: number
  /** Calls that were let through, ever. */
  readonly admitted: number
  /** Calls that were refused, ever. */
  readonly rejected: number
  /** Runs work when the limit allows it. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
  /**
   * Takes `cost` of a key now, or nothing when that is not allowed or others wait.
   *
   * @throws {RangeError | TypeError} when the cost or the key can never be admitted
   */
  tryAcquire(cost?: number, key?: string): boolean
  /** How a key stands, without taking anything. */
  peek(key?: string): RateLimitState
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: RateLimitEvent) => void): () => void
}
