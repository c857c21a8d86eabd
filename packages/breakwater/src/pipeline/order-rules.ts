import { answerRules } from './answer-rules.ts'
import { anyInside, first, inside, read } from './order-finders.ts'
import type { OrderRule } from './order-rule.ts'
import { timeRules } from './time-rules.ts'

const attemptRules: readonly OrderRule[] = [
  {
    name: 'retry-inside-retry',
    message: 'Two retries multiply: 3 by 3 are 16 attempts on a dependency that is down. Keep one',
    find: (policies) => inside(policies, 'retry', 'retry'),
  },
  {
    name: 'hedge-outside-retry',
    message:
      'Each attempt of the hedge retries by itself, so that they multiply: put the hedge inside the retry',
    find: (policies) => inside(policies, 'retry', 'hedge'),
  },
  {
    name: 'hedge-inside-guards',
    message:
      'The attempts that a hedge adds are neither counted nor limited by what is around it: put the hedge outside of breaker, bulkhead and limiters',
    find: (policies) =>
      inside(policies, 'hedge', 'circuit-breaker', 'bulkhead', 'rate-limiter', 'concurrency-limiter'),
  },
  {
    name: 'retry-without-budget',
    message:
      'The retry has no budget over a shared dependency: when that is down all callers together multiply its load. Give it a retryBudget',
    find: (policies) =>
      first(
        policies,
        'retry',
        (retry) => read(retry, 'hasBudget') === false && policies.some(({ kind }) => isShared(kind)),
      ),
  },
]

const guardRules: readonly OrderRule[] = [
  {
    name: 'breaker-outside-retry',
    message:
      'The circuit breaker sees one outcome for several attempts and cannot stop those in between: put it inside the retry',
    find: (policies) => inside(policies, 'retry', 'circuit-breaker'),
  },
  {
    name: 'bulkhead-outside-retry',
    message: 'The slot is held while the retry waits between attempts: put the bulkhead inside the retry',
    find: (policies) => inside(policies, 'retry', 'bulkhead'),
  },
  {
    name: 'limiter-outside-retry',
    message: 'Retries are not counted by the rate limiter: put it inside the retry',
    find: (policies) => inside(policies, 'retry', 'rate-limiter'),
  },
  {
    name: 'adaptive-limiter-outside-retry',
    message:
      'The limiter takes the waits between attempts for a dependency that became slow: put it inside the retry',
    find: (policies) => inside(policies, 'retry', 'concurrency-limiter', 'adaptive-throttle'),
  },
  {
    name: 'balancer-outside-retry',
    message: 'Retries and hedges go to the endpoint that failed or is slow: put the balancer inside of them',
    find: (policies) => anyInside(policies, ['retry', 'hedge'], 'balancer'),
  },
  {
    name: 'bulkhead-outside-breaker',
    message:
      'Calls take slots, or wait for one, only to be refused by an open circuit: put the circuit breaker outside',
    find: (policies) => inside(policies, 'circuit-breaker', 'bulkhead', 'concurrency-limiter'),
  },
  {
    name: 'limiter-outside-breaker',
    message:
      'Calls that an open circuit refuses use up the rate limit: put the circuit breaker outside, unless the limit is one on your own callers',
    find: (policies) => inside(policies, 'circuit-breaker', 'rate-limiter'),
  },
  {
    name: 'chaos-not-innermost',
    message: 'Faults are injected outside of policies that are to be tested by them: put chaos innermost',
    find: (policies) =>
      first(policies, 'chaos', (_, index) => policies.slice(index + 1).some(({ kind }) => kind !== 'chaos')),
  },
]

/** The known mistakes. */
export const orderRules: readonly OrderRule[] = [...answerRules, ...timeRules, ...attemptRules, ...guardRules]

function isShared(kind: string): boolean {
  return kind === 'circuit-breaker' || kind === 'bulkhead' || kind === 'balancer'
}
