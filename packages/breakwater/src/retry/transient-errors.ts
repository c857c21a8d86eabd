import { readProperty } from '../faults/read-property.ts'
import { isNamed } from './error-matcher.ts'
import { type RetryRule, resolveRule, type RetryRuleOptions } from './retry-rule.ts'
import { statusOf } from './retryable.ts'

/** The defaults of {@link transientErrors}. */
export const transientErrorsDefaults: Readonly<Required<RetryRuleOptions>> = Object.freeze({
  maxRetries: 2,
  initialMs: 1_000,
  maxMs: 10_000,
  jitter: 'full',
})

const names: ReadonlySet<unknown> = new Set([
  'ConnectionError',
  'TimeoutError',
  'TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

/**
 * The rule for what is likely to pass: broken connections, timeouts, and the HTTP statuses 408, 425 and 5xx
 * without 501 and 505. 429 is left to {@link rateLimiting}.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 */
export function transientErrors(options: RetryRuleOptions = {}): RetryRule {
  return { ...resolveRule('transient_errors', options, transientErrorsDefaults), matches: isTransient }
}

function isTransient(error: unknown): boolean {
  const status = statusOf(error)
  if (status !== undefined)
    return status === 408 || status === 425 || (status >= 500 && status !== 501 && status !== 505)
  return isNamed(error, names) || isNamed(readProperty(error, 'cause'), names)
}
