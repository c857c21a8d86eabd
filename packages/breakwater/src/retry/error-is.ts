import { type ErrorMatcher, isAnyOf } from './error-matcher.ts'

/**
 * A question about errors from a list of those that are meant: classes, names, codes, further questions. For the options
 * that ask one: `isFailure` of a breaker, `matches` of a retry's rule, `when` of a fallback's step.
 *
 * @throws {TypeError} when one of them is neither a class, nor a function, nor text, or there is none
 * @example
 * const stripe = circuitBreaker({ name: 'stripe', isFailure: errorIs(ConnectionError, 'ETIMEDOUT') })
 */
export function errorIs(...matchers: readonly ErrorMatcher[]): (error: unknown) => boolean {
  const wrong = matchers.findIndex((matcher) => typeof matcher !== 'string' && typeof matcher !== 'function')
  if (wrong >= 0 || matchers.length === 0) {
    const value = String(matchers[Math.max(0, wrong)])
    throw new TypeError(
      `Cannot create errorIs as each of its arguments must be a class, a function or a name: current value is ${value}`,
    )
  }
  return (error) => isAnyOf(matchers, error)
}
