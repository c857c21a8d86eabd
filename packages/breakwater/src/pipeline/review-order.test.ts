import { describe, expect, it } from 'vitest'
import { adaptiveThrottle } from '../adaptive-throttle/adaptive-throttle.ts'
import { balancer } from '../balancer/balancer.ts'
import { retryBudget } from '../budget/retry-budget.ts'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { cache } from '../cache/cache.ts'
import { chaos } from '../chaos/chaos.ts'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { coalescing } from '../coalescing/coalescing.ts'
import { concurrencyLimiter } from '../concurrency-limiter/concurrency-limiter.ts'
import { fallback } from '../fallback/fallback.ts'
import { hedge } from '../hedge/hedge.ts'
import { rateLimiter } from '../rate-limiter/rate-limiter.ts'
import { retry } from '../retry/retry.ts'
import { timeout } from '../timeout/timeout.ts'
import { orderRules } from './order-rules.ts'
import type { Policy } from './policy.ts'
import { reviewOrder } from './review-order.ts'

const answer = fallback(() => 0)
const total = timeout({ totalMs: 1_000 })
const attempt = timeout({ ms: 100 })
const budgeted = retry({ budget: retryBudget() })
const bounded = retry({ totalMs: 1_000, budget: retryBudget() })
const unbudgeted = retry()
const breaker = circuitBreaker()
const slots = bulkhead()
const queue = bulkhead({ queue: 1 })
const rate = rateLimiter({ limit: 1, intervalMs: 1_000 })
const limiter = concurrencyLimiter()
const nodes = balancer({ endpoints: ['a', 'b'] })
const drill = chaos({ faults: [] })
const documented = [
  ...[answer, cache(), coalescing(), total, budgeted, hedge(), breaker, rate, queue, nodes, attempt, drill],
]

function rulesBrokenBy(...policies: readonly Policy<unknown>[]): readonly string[] {
  return reviewOrder(policies).map(({ rule }) => rule)
}

describe('reviewOrder()', () => {
  it('finds nothing in the order that the documentation gives', () => {
    expect(rulesBrokenBy(...documented)).toEqual([])
  })

  it.each(documented.map((policy, index) => [policy.kind, index] as const))(
    'finds nothing in that order without the %s',
    (kind, index) => {
      const withoutTime = kind === 'timeout' ? ['no-attempt-timeout', 'unbounded-total'] : []
      const rest = documented.filter((_, other) => other !== index)

      expect(reviewOrder(rest, { ignore: withoutTime })).toEqual([])
    },
  )

  it.each<[string, readonly Policy<unknown>[]]>([
    ['fallback-inside-retry', [bounded, answer, attempt]],
    ['fallback-inside-breaker', [breaker, answer, attempt]],
    ['fallback-inside-hedge', [hedge(), answer]],
    ['fallback-inside-cache', [cache(), answer]],
    ['cache-inside-retry', [total, budgeted, cache(), attempt]],
    ['cache-inside-breaker', [breaker, cache(), attempt]],
    ['answers-inside-limiter', [slots, cache(), attempt]],
    ['answers-inside-limiter', [rate, cache()]],
    ['answers-inside-limiter', [limiter, cache(), attempt]],
    ['answers-inside-limiter', [slots, coalescing(), attempt]],
    ['coalescing-inside-retry', [total, budgeted, coalescing(), attempt]],
    ['no-timeout', [breaker]],
    ['no-timeout', [slots]],
    ['no-timeout', [limiter]],
    ['no-timeout', [nodes]],
    ['no-attempt-timeout', [total, budgeted]],
    ['unbounded-total', [budgeted, attempt]],
    ['attempt-not-shorter-than-total', [timeout({ totalMs: 100 }), budgeted, timeout({ ms: 100 })]],
    ['attempt-timeout-outside-queue', [attempt, queue]],
    ['fallback-inside-total-timeout', [total, answer]],
    ['retry-inside-retry', [total, budgeted, budgeted, attempt]],
    ['hedge-outside-retry', [total, hedge(), budgeted, attempt]],
    ['hedge-inside-guards', [breaker, hedge(), attempt]],
    ['hedge-inside-guards', [slots, hedge(), attempt]],
    ['hedge-inside-guards', [rate, hedge()]],
    ['hedge-inside-guards', [limiter, hedge(), attempt]],
    ['retry-without-budget', [total, unbudgeted, breaker, attempt]],
    ['retry-without-budget', [total, unbudgeted, slots, attempt]],
    ['retry-without-budget', [total, unbudgeted, nodes, attempt]],
    ['breaker-outside-retry', [total, breaker, budgeted, attempt]],
    ['bulkhead-outside-retry', [total, slots, budgeted, attempt]],
    ['limiter-outside-retry', [total, rate, budgeted, attempt]],
    ['adaptive-limiter-outside-retry', [total, limiter, budgeted, attempt]],
    ['adaptive-limiter-outside-retry', [total, adaptiveThrottle(), budgeted, attempt]],
    ['balancer-outside-retry', [total, nodes, budgeted, attempt]],
    ['balancer-outside-retry', [nodes, hedge(), attempt]],
    ['bulkhead-outside-breaker', [slots, breaker, attempt]],
    ['bulkhead-outside-breaker', [limiter, breaker, attempt]],
    ['limiter-outside-breaker', [rate, breaker, attempt]],
    ['chaos-not-innermost', [drill, attempt]],
  ])('finds %s, and nothing else that the other rules look for', (rule, policies) => {
    expect(rulesBrokenBy(...policies)).toEqual([rule])
  })

  it.each<[string, readonly Policy<unknown>[]]>([
    ['a timeout that is a hair shorter than the whole', [timeout({ totalMs: 101 }), timeout({ ms: 100 })]],
    ['a retry that limits its own time', [bounded, attempt]],
    ['a timeout outside of a bulkhead without a queue', [attempt, slots]],
    ['a second timeout inside the queue', [attempt, queue, timeout({ ms: 50 })]],
    ['a fallback inside the time of the call when another is outside', [answer, total, answer]],
    ['a retry without a budget over nothing shared', [total, unbudgeted, attempt]],
    ['chaos around chaos', [attempt, drill, drill]],
    ['no policy', []],
  ])('finds nothing in %s', (_, policies) => {
    expect(rulesBrokenBy(...policies)).toEqual([])
  })

  it('says where a fallback hides failures from a retry, and why that is wrong', () => {
    const [warning] = reviewOrder([total, budgeted, answer, attempt])

    expect(warning).toMatchObject({ rule: 'fallback-inside-retry', positions: [2, 1] })
    expect(warning?.message).toMatch(/put the fallback outside/)
  })

  it('says where the fallback is that the time of the call cuts off', () => {
    expect(reviewOrder([cache(), total, coalescing(), answer])).toMatchObject([
      { rule: 'fallback-inside-cache', positions: [3, 0] },
      { rule: 'fallback-inside-total-timeout', positions: [3, 1] },
    ])
  })

  it('applies no rule that is to be ignored', () => {
    expect(reviewOrder([breaker, answer, attempt], { ignore: ['fallback-inside-breaker'] })).toEqual([])
  })

  it('takes policies of another make, of which it knows nothing but the kind', () => {
    const foreign = (kind: string): Policy => ({
      ...{ kind, name: kind, stats: () => ({ counters: {}, gauges: {} }), compile: breaker.compile },
    })

    expect(rulesBrokenBy(foreign('timeout'), foreign('bulkhead'), foreign('own'))).toEqual([])
  })

  it('has a name for each rule, and says what to do', () => {
    const names = orderRules.map(({ name }) => name)

    expect(new Set(names).size).toBe(names.length)
    expect(orderRules.filter(({ message }) => message.endsWith('.'))).toEqual([])
  })
})
