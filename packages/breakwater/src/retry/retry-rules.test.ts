import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { RateLimitError } from '../rate-limiter/rate-limiter-errors.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { TimeoutError } from '../timeout/timeout-errors.ts'
import { fixed } from './backoff.ts'
import { rateLimiting } from './rate-limiting.ts'
import type { RetryEvent } from './retry-events.ts'
import type { RetryOptions } from './retry-options.ts'
import type { RetryRule } from './retry-rule.ts'
import { retry } from './retry.ts'
import { transientErrors } from './transient-errors.ts'

const none = fixed({ delayMs: 0 })
const fact = {
  policy: 'p',
  key: '',
  limit: 1,
  intervalMs: 1,
  remaining: 0,
  retryAfterMs: 1,
  isOverflow: false,
}
const late = new TimeoutError({ operation: 'a', policy: 'timeout', limitMs: 5, scope: 'attempt' })

function named(name: string): Error {
  return Object.assign(new Error(name), { name })
}

/** How often work runs that fails with these errors, one after the other, and then answers. */
async function attemptsOf(options: RetryOptions, errors: readonly unknown[]): Promise<number> {
  let attempts = 0
  const line = pipeline({ policies: [retry({ backoff: none, ...options })] })
  await line.tryRun(() => {
    const error = errors[attempts++]
    if (error !== undefined) throw error
  })
  return attempts
}

function rule(name: string, maxRetries: number): RetryRule {
  return {
    name,
    maxRetries,
    backoff: none,
    matches: (error) => error instanceof Error && error.message === name,
  }
}

describe('transientErrors()', () => {
  it.each([
    ['ConnectionError', named('ConnectionError'), true],
    ['TimeoutError', named('TimeoutError'), true],
    ['a timeout of ours', late, true],
    ['ECONNRESET', { code: 'ECONNRESET' }, true],
    ['a broken network as fetch reports it', new TypeError('x', { cause: { code: 'EPIPE' } }), true],
    ['status 408', { status: 408 }, true],
    ['status 425', { status: 425 }, true],
    ['status 429', { status: 429 }, false],
    ['status 499', { status: 499 }, false],
    ['status 500', { status: 500 }, true],
    ['status 501', { status: 501 }, false],
    ['status 505', { status: 505 }, false],
    ['status 599', { status: 599 }, true],
    ['any error', new Error('broken'), false],
    ['null', null, false],
  ])('%s', (_, error, expected) => {
    expect(transientErrors().matches(error)).toBe(expected)
  })

  it('waits 1 s to 10 s, twice at most', () => {
    const { backoff, maxRetries } = transientErrors({ jitter: 'none' })
    const waits = [1, 2, 3, 4, 5].map((at) => backoff.delayMs(at, { next: () => 0 }, 0))

    expect([maxRetries, ...waits]).toEqual([2, 1_000, 2_000, 4_000, 8_000, 10_000])
  })

  it.each([
    [{ maxRetries: -1 }, "Cannot create rule transient_errors as 'maxRetries' must be an integer >= 0"],
    [{ maxMs: -1 }, "'maxMs' must be a number >= 0: current value is -1"],
    [{ base: 1 }, "'base' is not an option of it"],
  ])('refuses %o', (options, message) => {
    expect(() => transientErrors(options as object)).toThrow(message)
  })
})

describe('rateLimiting()', () => {
  it.each([
    ['status 429', { status: 429 }, true],
    ['status 503', { status: 503 }, false],
    ['our own RateLimitError', new RateLimitError(fact), true],
    ['one of another make', named('RateLimitError'), true],
    ['throttling by AWS', named('ThrottlingException'), true],
    ['any error', new Error('broken'), false],
  ])('%s', (_, error, expected) => {
    expect(rateLimiting().matches(error)).toBe(expected)
  })

  it('waits 2 s to 60 s, four times at most', () => {
    const { backoff, maxRetries } = rateLimiting({ jitter: 'none' })
    const waits = [1, 2, 5, 6].map((at) => backoff.delayMs(at, { next: () => 0 }, 0))

    expect([maxRetries, ...waits]).toEqual([4, 2_000, 4_000, 32_000, 60_000])
  })
})

describe('retry() with rules', () => {
  const a = new Error('a')
  const b = new Error('b')
  const other = new Error('other')

  it.each([
    ['the limit of the rule', [a, a, a, a, a, a], 4],
    ['the limit of the policy for what no rule is about', [other, other, other], 2],
    ['each limit by itself', [b, a, b, a], 3],
    ['all retries by the highest limit', [a, b, other, a, a], 4],
  ])('keeps %s', async (_, errors, expected) => {
    const rules = [rule('a', 3), rule('b', 1)]

    expect(await attemptsOf({ maxRetries: 1, rules }, errors)).toBe(expected)
  })

  it('lets the first rule that matches decide', async () => {
    expect(await attemptsOf({ rules: [rule('a', 1), rule('a', 9)] }, [a, a, a, a])).toBe(2)
  })

  it('retries what a rule is about, whatever retryOn says', async () => {
    expect(await attemptsOf({ rules: [rule('a', 1)], retryOn: () => false }, [a])).toBe(2)
    expect(await attemptsOf({ rules: [rule('a', 1)], retryOn: () => false }, [b])).toBe(1)
  })

  it('waits as the rule says, counting its own retries, and names it in the event', async () => {
    const clock = new FakeClock()
    const events: RetryEvent[] = []
    const asked: unknown[] = []
    const delayMs = (at: number, _: unknown, previousMs: number): number => {
      asked.push([at, previousMs])
      return at * 10
    }
    const slow: RetryRule = { ...rule('a', 5), backoff: { delayMs } }
    const errors = [b, a, a]
    const policy = retry({ backoff: none, rules: [slow], onEvent: (event) => events.push(event) })
    const ended = pipeline({ policies: [policy], clock }).run(() => {
      const error = errors.shift()
      if (error !== undefined) throw error
      return clock.now()
    })

    await clock.advance(100)

    expect(await ended).toBe(30)
    expect(asked).toEqual([
      [1, 0],
      [2, 10],
    ])
    expect(events.map((event) => (event.type === 'RetryScheduled' ? (event.rule ?? 'none') : ''))).toEqual([
      'none',
      'a',
      'a',
    ])
  })
})

describe('retry() with lists of errors', () => {
  const lost = named('ConnectionError')

  it.each([
    ['a list that says no wins over one that says yes', { nonRetryableErrors: ['ConnectionError'] }, 1],
    ['a list that says no wins over a rule', { rules: [transientErrors()], retryableErrors: [] }, 1],
    ['a list that says yes wins over retryOn', { retryOn: () => false, nonRetryableErrors: [] }, 2],
  ])('%s', async (_, options, expected) => {
    const lists = { retryableErrors: ['ConnectionError'], nonRetryableErrors: [Error] }

    expect(await attemptsOf({ maxRetries: 1, ...lists, ...options }, [lost])).toBe(expected)
  })

  it('what is in neither list follows retryOn', async () => {
    const lists = { retryableErrors: ['A'], nonRetryableErrors: ['B'] }

    expect(await attemptsOf(lists, [lost])).toBe(2)
    expect(await attemptsOf({ ...lists, retryOn: () => false }, [lost])).toBe(1)
  })

  it('says why it does not retry', async () => {
    const events: RetryEvent[] = []
    const policy = retry({ nonRetryableErrors: [Error], onEvent: (event) => events.push(event) })

    await pipeline({ operation: 'charge', policies: [policy] }).tryRun(() => Promise.reject(lost))

    const names = { policy: 'retry', operation: 'charge' }
    expect(events).toEqual([{ type: 'RetryDeclined', ...names, reason: 'not-retryable', error: lost }])
  })
})
