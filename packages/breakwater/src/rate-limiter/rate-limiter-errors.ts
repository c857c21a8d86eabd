import { FactsRejection } from '../faults/facts-rejection.ts'
import { isResilienceError } from '../faults/is-resilience-error.ts'
import { ResilienceError } from '../faults/resilience-error.ts'

/** What a refusal of a rate limiter says. */
export interface RateLimitFacts {
  readonly policy: string
  readonly key: string
  readonly limit: number
  readonly intervalMs: number
  /** The highest cost that the key could still take. */
  readonly remaining: number
  /** Milliseconds after which the same call is admitted, if no other comes before. */
  readonly retryAfterMs: number
  /** The limiter has as many keys as it may, and all still count: the key itself is not over its limit. */
  readonly isOverflow: boolean
}

/** A rate limiter refused the call. */
export class RateLimitError extends ResilienceError {
  declare readonly policy: string
  /** Whose limit it is; '' when calls have no keys. Not in the message, because it may name a person. */
  declare readonly key: string
  declare readonly limit: number
  declare readonly intervalMs: number
  /** The highest cost that the key could still take. */
  declare readonly remaining: number
  /** Milliseconds after which the same call is admitted, if no other comes before. */
  declare readonly retryAfterMs: number
  /** The limiter has as many keys as it may, and all still count: the key itself is not over its limit. */
  declare readonly isOverflow: boolean

  constructor(facts: RateLimitFacts) {
    super(messageOf(facts), { code: 'RATE_LIMITED' })
    this.name = 'RateLimitError'
    Object.assign(this, facts)
  }
}

/** Whether a value is a {@link RateLimitError} of this library, of whatever copy. */
export function isRateLimitError(value: unknown): value is RateLimitError {
  return isResilienceError(value) && value.code === 'RATE_LIMITED'
}

/** The refusal, before anyone asks for the error. */
export class RateLimitRejection extends FactsRejection<RateLimitFacts> {
  constructor(facts: RateLimitFacts) {
    super('RATE_LIMITED', facts, RateLimitError)
  }
}

function messageOf({ policy, limit, intervalMs, retryAfterMs, isOverflow }: RateLimitFacts): string {
  const wait = `try again in ${Math.ceil(retryAfterMs)} ms`
  if (isOverflow) return `Rate limiter '${policy}' has no room for another key: ${wait}`
  return `Rate limit of '${policy}' is reached, ${limit} in ${intervalMs} ms: ${wait}`
}
