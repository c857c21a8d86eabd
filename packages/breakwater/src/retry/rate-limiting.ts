import { isNamed } from './error-matcher.ts'
import { type RetryRule, resolveRule, type RetryRuleOptions } from './retry-rule.ts'
import { statusOf } from './retryable.ts'

/** The defaults of {@link rateLimiting}. */
export const rateLimitingDefaults: Readonly<Required<RetryRuleOptions>> = Object.freeze({
  maxRetries: 4,
  initialMs: 2_000,
  maxMs: 60_000,
  jitter: 'full',
})

const names: ReadonlySet<unknown> = new Set([
  'RateLimitError',
  'TooManyRequestsError',
  'ThrottlingException',
  'ThrottledException',
  'RESOURCE_EXHAUSTED',
])

/**
 * The rule for being told to slow down: the HTTP status 429, a `RateLimitError` (also that of our own rate
 * limiter, which is retried then), gRPC's `RESOURCE_EXHAUSTED` and the throttling errors of AWS.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 */
export function rateLimiting(options: RetryRuleOptions = {}): RetryRule {
  const isLimited = (error: unknown): boolean => statusOf(error) === 429 || isNamed(error, names)
  return { ...resolveRule('rate_limiting', options, rateLimitingDefaults), matches: isLimited }
}
