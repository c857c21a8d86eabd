import { expect, it } from 'vitest'
import { retryBudget } from '../budget/retry-budget.ts'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { cache } from '../cache/cache.ts'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { fallback } from '../fallback/fallback.ts'
import { retry } from '../retry/retry.ts'
import { timeout } from '../timeout/timeout.ts'
import type { Policy } from './policy.ts'
import { reviewOrder } from './review-order.ts'

const answer = fallback(() => 0)
const total = timeout({ totalMs: 1_000 })
const attempt = timeout({ ms: 100 })

function rulesBrokenBy(...policies: readonly Policy<unknown>[]): readonly string[] {
  return reviewOrder(policies, { ignore: ['retry-without-budget'] }).map(({ rule }) => rule)
}

it('reviewOrder() finds nothing in the order that the documentation gives', () => {
  expect(rulesBrokenBy(answer, cache(), total, retry(), circuitBreaker(), bulkhead(), attempt)).toEqual([])
})

it('reviewOrder() finds nothing in a single policy that stands alone well', () => {
  expect(rulesBrokenBy(circuitBreaker())).toEqual([])
  expect(rulesBrokenBy(attempt)).toEqual([])
})

it('reviewOrder() says where a fallback hides failures from a retry, and why that is wrong', () => {
  const [warning] = reviewOrder([total, retry(), answer, attempt])

  expect(warning).toMatchObject({ rule: 'fallback-inside-retry', positions: [2, 1] })
  expect(warning?.message).toMatch(/put the fallback outside/)
})

it('reviewOrder() finds a fallback and a cache that hide failures from what is around them', () => {
  expect(rulesBrokenBy(circuitBreaker(), answer)).toEqual(['fallback-inside-breaker'])
  expect(rulesBrokenBy(total, retry(), cache(), attempt)).toEqual(['cache-inside-retry'])
})

it('reviewOrder() finds retries that multiply', () => {
  expect(rulesBrokenBy(total, retry(), retry(), attempt)).toEqual(['retry-inside-retry'])
})

it('reviewOrder() finds time that is limited only outside, not at all, or the wrong way round', () => {
  expect(rulesBrokenBy(total, retry())).toEqual(['no-attempt-timeout'])
  expect(rulesBrokenBy(retry(), attempt)).toEqual(['unbounded-total'])
  expect(rulesBrokenBy(timeout({ totalMs: 100 }), retry(), timeout({ ms: 100 }))).toEqual([
    'attempt-not-shorter-than-total',
  ])
  expect(rulesBrokenBy(timeout({ totalMs: 101 }), retry(), timeout({ ms: 100 }))).toEqual([])
})

it('reviewOrder() finds what a retry holds or escapes while it waits', () => {
  expect(rulesBrokenBy(total, circuitBreaker(), retry(), attempt)).toEqual(['breaker-outside-retry'])
  expect(rulesBrokenBy(total, bulkhead(), retry(), attempt)).toEqual(['bulkhead-outside-retry'])
})

it('reviewOrder() finds a retry without a budget over what others share, and one that limits its own time', () => {
  const shared = [total, retry(), circuitBreaker(), attempt]

  expect(reviewOrder(shared).map(({ rule }) => rule)).toEqual(['retry-without-budget'])
  expect(reviewOrder([total, retry({ budget: retryBudget() }), circuitBreaker(), attempt])).toEqual([])
  expect(rulesBrokenBy(retry({ totalMs: 1_000 }), attempt)).toEqual([])
})

it('reviewOrder() applies no rule that is to be ignored', () => {
  expect(reviewOrder([circuitBreaker(), answer], { ignore: ['fallback-inside-breaker'] })).toEqual([])
})
