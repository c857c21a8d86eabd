import { anyInside, inside } from './order-finders.ts'
import type { OrderRule } from './order-rule.ts'

/** What goes wrong when something answers in place of the work: it hides failures, or keeps what it should not. */
export const answerRules: readonly OrderRule[] = [
  {
    name: 'fallback-inside-retry',
    message:
      'The fallback answers before the retry sees a failure, so nothing is ever retried: put the fallback outside',
    find: (policies) => inside(policies, 'fallback', 'retry'),
  },
  {
    name: 'fallback-inside-breaker',
    message:
      'The fallback turns failures into answers before the circuit breaker sees them, so it never opens: put the fallback outside',
    find: (policies) => inside(policies, 'fallback', 'circuit-breaker'),
  },
  {
    name: 'fallback-inside-hedge',
    message:
      'The fallback answers for the first attempt that fails, and that answer wins the race: put the fallback outside',
    find: (policies) => inside(policies, 'fallback', 'hedge'),
  },
  {
    name: 'fallback-inside-cache',
    message:
      'The cache keeps what the fallback answers as if it were fresh, and gives it out when all is well again: put the fallback outside',
    find: (policies) => inside(policies, 'fallback', 'cache'),
  },
  {
    name: 'cache-inside-retry',
    message:
      'The cache answers failures with what is stale, so nothing is retried: put the cache outside the retry',
    find: (policies) => inside(policies, 'cache', 'retry'),
  },
  {
    name: 'cache-inside-breaker',
    message:
      'An open circuit refuses calls that the cache could answer, and does not see the failures that it answers: put the cache outside',
    find: (policies) => inside(policies, 'cache', 'circuit-breaker'),
  },
  {
    name: 'answers-inside-limiter',
    message:
      'Calls that need no request take slots and tokens, and an adaptive limiter takes their speed for that of the dependency: put cache and coalescing outside',
    find: (policies) =>
      anyInside(policies, ['cache', 'coalescing'], 'bulkhead', 'rate-limiter', 'concurrency-limiter'),
  },
  {
    name: 'coalescing-inside-retry',
    message:
      'Callers that share one flight retry one by one when it fails, each with a flight of its own: put coalescing outside the retry',
    find: (policies) => inside(policies, 'coalescing', 'retry'),
  },
]
