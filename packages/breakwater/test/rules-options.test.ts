import { describe, expect, it } from 'vitest'
import { retryBudget } from '../src/budget/retry-budget.ts'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { circuitBreaker } from '../src/circuit-breaker/circuit-breaker.ts'
import { fallback } from '../src/fallback/fallback.ts'
import { pipeline } from '../src/pipeline/pipeline.ts'
import { exponential, fixed, linear } from '../src/retry/backoff.ts'
import { retry } from '../src/retry/retry.ts'
import { timeout } from '../src/timeout/timeout.ts'

/** What JavaScript callers can pass although the types forbid it. */
type Loose = (options?: unknown) => unknown

const makers = {
  retry: retry as Loose,
  breaker: circuitBreaker as Loose,
  bulkhead: bulkhead as Loose,
  timeout: timeout as Loose,
  budget: retryBudget as Loose,
  pipeline: pipeline as Loose,
  exponential: exponential as Loose,
  fixed: fixed as Loose,
  linear: linear as Loose,
  fallback: fallback as Loose,
  fallbackWith: ((options) => fallback(() => 1, options as object)) as Loose,
} as const

const wrong: readonly [keyof typeof makers, unknown, string][] = [
  ['retry', { maxRetries: -1 }, "'maxRetries' must be an integer >= 0 and <= 10000: current value is -1"],
  ['retry', { maxRetries: 1.5 }, "'maxRetries' must be an integer >= 0 and <= 10000: current value is 1.5"],
  ['retry', { maxRetries: 10_001 }, 'current value is 10001'],
  ['retry', { maxRetries: '3' }, "current value is '3'"],
  ['retry', { maxRetries: NaN }, 'current value is NaN'],
  ['retry', { maxRetries: Infinity }, 'current value is Infinity'],
  ['retry', { retries: 3 }, "'retries' is not an option of it: the options are maxRetries, backoff"],
  ['retry', { retryOn: true }, "'retryOn' must be a function: current value is true"],
  ['retry', { onEvent: 'log' }, "'onEvent' must be a function: current value is 'log'"],
  ['retry', { backoff: 100 }, "'backoff' must be an object: current value is 100"],
  ['retry', { backoff: {} }, "'backoff.delayMs' must be a function: current value is undefined"],
  ['retry', { budget: null }, "'budget' must be an object: current value is null"],
  ['retry', { budget: { tryWithdraw: () => true } }, "'budget.deposit' must be a function"],
  ['retry', null, 'its options must be an object: current value is null'],
  ['breaker', { failureRatio: 0 }, "'failureRatio' must be a number > 0 and <= 1: current value is 0"],
  ['breaker', { failureRatio: 1.01 }, 'current value is 1.01'],
  ['breaker', { minimumCalls: 0 }, "'minimumCalls' must be an integer >= 1"],
  ['breaker', { windowMs: 99 }, "'windowMs' must be a number >= 100 and <= 86400000: current value is 99"],
  ['breaker', { windowMs: 86_400_001 }, "'windowMs'"],
  ['breaker', { consecutiveFailures: 0 }, "'consecutiveFailures' must be an integer >= 1"],
  ['breaker', { consecutiveFailures: 2, failureRatio: 0.5 }, 'exclude each other'],
  ['breaker', { openMs: 0 }, "'openMs'"],
  [
    'breaker',
    { openMs: 100, maxOpenMs: 99 },
    "'maxOpenMs' must be a number >= openMs (100): current value is 99",
  ],
  ['breaker', { jitter: 1.1 }, "'jitter' must be a number >= 0 and <= 1: current value is 1.1"],
  ['breaker', { successThreshold: 0 }, "'successThreshold'"],
  ['breaker', { halfOpenLimit: 0 }, "'halfOpenLimit'"],
  ['breaker', { trialLeaseMs: 0 }, "'trialLeaseMs'"],
  ['breaker', { isFailure: 'all' }, "'isFailure' must be a function: current value is 'all'"],
  ['breaker', { clock: {} }, "'clock.now' must be a function"],
  ['breaker', { resetTimeout: 1 }, "'resetTimeout' is not an option of it"],
  ['bulkhead', { limit: 0 }, "'limit' must be an integer >= 1 and <= 1000000: current value is 0"],
  ['bulkhead', { limit: 1_000_001 }, 'current value is 1000001'],
  ['bulkhead', { queue: -1 }, "'queue' must be an integer >= 0"],
  ['bulkhead', { onEvent: 1 }, "'onEvent' must be a function: current value is 1"],
  ['bulkhead', { concurrency: 1 }, "'concurrency' is not an option of it"],
  ['timeout', { ms: 0 }, "'ms' must be a number > 0 and <= 2147483647: current value is 0"],
  ['timeout', { ms: 2 ** 31 }, 'current value is 2147483648'],
  ['timeout', { totalMs: -5 }, "'totalMs' must be a number > 0"],
  ['timeout', {}, "exactly one of 'ms' and 'totalMs' must be given"],
  ['timeout', { ms: 1, totalMs: 2 }, "exactly one of 'ms' and 'totalMs' must be given"],
  ['timeout', { ms: 1, onEvent: [] }, "'onEvent' must be a function: current value is an array"],
  ['timeout', { timeoutMs: 1 }, "'timeoutMs' is not an option of it: the options are ms, totalMs"],
  ['budget', { ratio: -0.1 }, "'ratio' must be a number >= 0 and <= 1000: current value is -0.1"],
  ['budget', { minPerSecond: -1 }, "'minPerSecond'"],
  ['budget', { windowMs: 999 }, "'windowMs' must be an integer >= 1000"],
  ['budget', { percent: 20 }, "'percent' is not an option of it"],
  ['exponential', { initialMs: -1 }, "'initialMs' must be a number >= 0: current value is -1"],
  ['exponential', { factor: 0.5 }, "'factor' must be a number >= 1: current value is 0.5"],
  [
    'exponential',
    { jitter: 'some' },
    "'jitter' must be one of none, full, equal, proportional: current value is some",
  ],
  ['exponential', { jitter: 'toString' }, "'jitter' must be one of"],
  ['exponential', { initialDelay: 5 }, "'initialDelay' is not an option of it"],
  ['fixed', {}, "'delayMs' must be a number >= 0: current value is NaN"],
  ['fixed', { delayMs: -1 }, "'delayMs' must be a number >= 0: current value is -1"],
  ['linear', { stepMs: -1 }, "'stepMs' must be a number >= 0: current value is -1"],
  ['linear', { maxMs: NaN }, "'maxMs' must be a number >= 0: current value is NaN"],
  ['fallback', 'degraded', "its handler must be a function: current value is 'degraded'"],
  ['fallbackWith', { when: 'always' }, "'when' must be a function: current value is 'always'"],
  ['fallbackWith', { onEvent: {} }, "'onEvent' must be a function: current value is an object"],
  ['fallbackWith', { if: () => true }, "'if' is not an option of it"],
  ['retry', { name: 5 }, "Cannot create retry as 'name' must be a string: current value is 5"],
  ['breaker', { name: {} }, "circuit breaker as 'name' must be a string: current value is an object"],
  ['bulkhead', { name: null }, "Cannot create bulkhead as 'name' must be a string: current value is null"],
  ['timeout', { ms: 1, name: [] }, "timeout as 'name' must be a string: current value is an array"],
  ['budget', { name: true }, "retry budget as 'name' must be a string: current value is true"],
  ['fallbackWith', { name: 1 }, "Cannot create fallback as 'name' must be a string: current value is 1"],
  ['pipeline', null, 'Cannot create pipeline as its options must be an object: current value is null'],
  [
    'pipeline',
    { policies: [], operations: 'x' },
    "'operations' is not an option of it: the options are operation",
  ],
  ['pipeline', { policies: [], operation: 7 }, "'operation' must be a string: current value is 7"],
  ['pipeline', { policies: [], idempotent: 'no' }, "'idempotent' must be a boolean: current value is no"],
  [
    'pipeline',
    { policies: [], dispose: true },
    "'dispose' must be a function or false: current value is true",
  ],
  ['pipeline', { policies: [], clock: {} }, "'clock.now' must be a function: current value is undefined"],
  [
    'pipeline',
    { policies: [], random: Math },
    "'random.next' must be a function: current value is undefined",
  ],
  ['pipeline', { policies: [], observer: {} }, "'observer.callStarted' must be a function"],
  ['pipeline', {}, "'policies' must be an array: current value is undefined"],
  ['pipeline', { policies: ['retry'] }, "'policies[0]' must be a policy: current value is retry"],
  ['pipeline', { policies: [undefined] }, "'policies[0]' must be a policy: current value is undefined"],
]

describe('options', () => {
  it.each(wrong)('Rule 16: %s(%o) throws an error that names option and value', (maker, options, text) => {
    expect(() => makers[maker](options)).toThrow(text)
  })

  const edges: readonly [keyof typeof makers, unknown][] = [
    ['retry', { maxRetries: 0 }],
    ['retry', { maxRetries: 10_000 }],
    ['breaker', { failureRatio: 1 }],
    ['breaker', { minimumCalls: 1, windowMs: 100, openMs: 1, maxOpenMs: 1, jitter: 0, trialLeaseMs: 1 }],
    ['breaker', { windowMs: 86_400_000, jitter: 1, halfOpenLimit: 1_000_000, successThreshold: 1_000_000 }],
    ['breaker', { openMs: 120_000 }],
    ['bulkhead', { limit: 1, queue: 0 }],
    ['bulkhead', { limit: 1_000_000, queue: 1_000_000 }],
    ['timeout', { ms: 0.5 }],
    ['timeout', { totalMs: 2 ** 31 - 1 }],
    ['budget', { ratio: 0, minPerSecond: 0, windowMs: 1_000 }],
    ['exponential', { initialMs: 0, maxMs: 0, factor: 1 }],
    ['pipeline', { policies: [], operation: '', idempotent: false, dispose: false }],
    ['pipeline', { policies: [], operation: undefined, clock: undefined, dispose: undefined }],
    ['fixed', { delayMs: 0 }],
    ['linear', { stepMs: 0, maxMs: Infinity }],
  ]

  it.each(edges)('Rule 16: %s(%o) is at the edge of what is allowed', (maker, options) => {
    expect(() => makers[maker](options)).not.toThrow()
  })

  it('Rule 16: options that are undefined keep their defaults', () => {
    const undefinedRetry = retry({ maxRetries: undefined, name: undefined } as object)
    const undefinedBulkhead = bulkhead({ limit: undefined, queue: undefined } as object)
    const undefinedBreaker = circuitBreaker({ minimumCalls: undefined, openMs: undefined } as object)
    const undefinedBudget = retryBudget({ ratio: undefined, minPerSecond: undefined } as object)

    expect([undefinedRetry.maxRetries, undefinedRetry.name]).toEqual([2, 'retry'])
    expect([undefinedBulkhead.limit, undefinedBulkhead.queueLimit]).toEqual([10, 0])
    expect(undefinedBreaker.facts().minimumCalls).toBe(20)
    expect(undefinedBudget.balance).toBe(30)
  })

  it('Rule 16: a name that is none is refused also by a breaker whose other options are known', () => {
    circuitBreaker({ openMs: 1_234 })

    expect(() => circuitBreaker({ openMs: 1_234, name: 5 } as object)).toThrow("'name' must be a string")
  })

  it('Rule 16: options are copied: what happens to the object later changes nothing', () => {
    const options = { limit: 1, queue: 0 }
    const slots = bulkhead(options)

    options.limit = 100
    slots.tryAcquire()

    expect(slots.tryAcquire()).toBeUndefined()
  })

  it('Rule 16: the list of policies is copied and frozen', () => {
    const policies = [retry()]
    const line = pipeline({ policies })

    policies.pop()

    expect(line.policies).toHaveLength(1)
    expect(Object.isFrozen(line.policies)).toBe(true)
  })
})
