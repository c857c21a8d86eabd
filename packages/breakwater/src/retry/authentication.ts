import { checkFunction, checkNumbers } from '../config/check-option.ts'
import { isNamed } from './error-matcher.ts'
import { type RetryRule, resolveRule, type RetryRuleOptions } from './retry-rule.ts'
import { statusOf } from './retryable.ts'
import { type Refresh, SharedRefresh } from './shared-refresh.ts'

/** Options of {@link authentication}. */
export interface AuthenticationOptions extends RetryRuleOptions {
  /** Gets new credentials. Called once for all calls that wait for it; must stop when its signal aborts. */
  readonly refresh: Refresh
  /** How long `refresh` may take; > 0. @default 10_000 */
  readonly refreshTimeoutMs?: number
}

/** The defaults of {@link authentication}. */
export const authenticationDefaults: Readonly<Required<Omit<AuthenticationOptions, 'refresh'>>> =
  Object.freeze({
    maxRetries: 1,
    initialMs: 5_000,
    maxMs: 15_000,
    jitter: 'full',
    refreshTimeoutMs: 10_000,
  })

const names: ReadonlySet<unknown> = new Set([
  'AuthenticationError',
  'TokenExpiredError',
  'ExpiredTokenException',
  'UNAUTHENTICATED',
])

/**
 * The rule for credentials that were not accepted: the HTTP status 401, an `AuthenticationError`, an expired token.
 * Before the retry `refresh` is awaited; the time that it takes counts for the wait. When credentials were
 * refreshed after the failed attempt had begun, they are not refreshed again. When `refresh` fails, the call ends
 * with the error of the attempt, and the event `RetryPreparationFailed` tells what went wrong.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 */
export function authentication(options: AuthenticationOptions): RetryRule {
  const { refresh, refreshTimeoutMs = authenticationDefaults.refreshTimeoutMs, ...rest } = options
  checkFunction('rule authentication', 'refresh', refresh ?? null)
  checkNumbers(
    'rule authentication',
    { refreshTimeoutMs },
    { refreshTimeoutMs: { min: 0, isAboveMin: true } },
  )
  const { refreshTimeoutMs: _, ...defaults } = authenticationDefaults
  return {
    ...resolveRule('authentication', rest, defaults),
    matches: (error) => statusOf(error) === 401 || isNamed(error, names),
    preparation: new SharedRefresh(refresh, refreshTimeoutMs),
  }
}
