import { describe, expect, it } from 'vitest'
import { tokenBudget } from '../budget/token-budget.ts'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import type { Policy } from '../pipeline/policy.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { fixed } from './backoff.ts'
import type { RetryEvent } from './retry-events.ts'
import type { RetryOptions } from './retry-options.ts'
import { retry } from './retry.ts'
import { transientErrors } from './transient-errors.ts'

const broken = new Error('broken')
const names = { policy: 'again', operation: 'charge' }

/** The events of one call that always fails in the same way, and the counters afterwards. */
async function story(options: RetryOptions, error: unknown = broken, ...inner: readonly Policy[]) {
  const clock = new FakeClock()
  const events: RetryEvent[] = []
  const policy = retry({
    ...{ name: 'again', backoff: fixed({ delayMs: 100 }) },
    onEvent: (event) => events.push(event),
    ...options,
  })
  const line = pipeline({ operation: 'charge', policies: [policy, ...inner], clock })
  const call = line.tryRun(() => Promise.reject(error as Error))
  await clock.advance(1_000_000)
  await call
  clock.expectIdle()
  return { events, counters: policy.stats().counters }
}

describe('retry() events', () => {
  it('tell of each retry, and of the last failure', async () => {
    const { events, counters } = await story({})

    expect(events).toEqual([
      { type: 'RetryScheduled', ...names, retry: 1, delayMs: 100, because: 'backoff', error: broken },
      { type: 'RetryScheduled', ...names, retry: 2, delayMs: 100, because: 'backoff', error: broken },
      { type: 'RetriesExhausted', ...names, retries: 2, error: broken },
    ])
    expect(counters).toEqual({ retries: 2, exhausted: 1, budgetRefused: 0, timeExhausted: 0 })
  })

  it('name the rule that an error follows', async () => {
    const error = Object.assign(new Error('down'), { status: 503 })
    const rule = transientErrors({ maxRetries: 1, jitter: 'none' })
    const { events } = await story({ rules: [rule] }, error)

    expect(events).toEqual([
      {
        ...{ type: 'RetryScheduled', ...names, retry: 1, delayMs: 1_000 },
        ...{ because: 'backoff', rule: 'transient_errors', error },
      },
      { type: 'RetriesExhausted', ...names, retries: 1, error },
    ])
  })

  it('tell when the budget is used up', async () => {
    const { events, counters } = await story({ budget: tokenBudget({ capacity: 5 }) })

    expect(events.slice(1)).toEqual([{ type: 'RetryBudgetExhausted', ...names, error: broken }])
    expect(counters).toEqual({ retries: 1, exhausted: 0, budgetRefused: 1, timeExhausted: 0 })
  })

  it('tell when the time is used up, and what was missing', async () => {
    const { events, counters } = await story({ totalMs: 199 })

    expect(events.slice(1)).toEqual([
      { type: 'RetryTimeExhausted', ...names, delayMs: 100, leftMs: 99, error: broken },
    ])
    expect(counters).toEqual({ retries: 1, exhausted: 0, budgetRefused: 0, timeExhausted: 1 })
  })

  it.each([
    ['not-retryable', { nonRetryableErrors: [Error] }, broken],
    ['not-retryable', { retryOn: () => false }, broken],
    ['pushback', {}, { metadata: { get: () => ['-1'] } }],
  ] as const)('tell why a failure is not tried again: %s', async (reason, options, error) => {
    const { events, counters } = await story(options, error)

    expect(events).toEqual([{ type: 'RetryDeclined', ...names, reason, error }])
    expect(counters).toEqual({ retries: 0, exhausted: 0, budgetRefused: 0, timeExhausted: 0 })
  })

  it('tell that a policy further in refused, with its error', async () => {
    const breaker = circuitBreaker({ name: 'db', consecutiveFailures: 1, clock: new FakeClock() })
    await breaker.run(() => Promise.reject(broken)).catch(() => undefined)
    const { events } = await story({}, broken, breaker)

    expect(events).toMatchObject([
      { type: 'RetryDeclined', ...names, reason: 'rejected', error: { code: 'CIRCUIT_OPEN', policy: 'db' } },
    ])
  })

  it('tell that the dependency asked for the wait', async () => {
    const error = Object.assign(new Error('busy'), { retryAfterMs: 250 })
    const { events } = await story({ maxRetries: 1 }, error)

    expect(events[0]).toEqual({
      ...{ type: 'RetryScheduled', ...names, retry: 1, delayMs: 250, because: 'retry-after', error },
    })
  })
})

describe('retry() after a recovery, to the millisecond', () => {
  const half = { next: () => 0.5 }

  /** A call that waits 10 s, whose dependency recovers at a time; when it is tried again, and what is told. */
  async function hastened(at: number, options: RetryOptions) {
    const clock = new FakeClock()
    const events: RetryEvent[] = []
    let announce = (): void => undefined
    const recovered = {
      subscribe: (listener: () => void) => {
        announce = listener
        return () => undefined
      },
    }
    const onEvent = (event: RetryEvent): void => void events.push(event)
    const policy = retry({ backoff: fixed({ delayMs: 10_000 }), recovered, onEvent, ...options })
    const call = pipeline({ operation: 'charge', policies: [policy], clock, random: half }).run(
      ({ attempt }) => {
        if (attempt === 0) throw broken
        return clock.now()
      },
    )
    await clock.advance(at)
    announce()
    announce()
    await clock.advance(20_000)
    announce()
    return { again: await call, told: events.filter(({ type }) => type === 'RetryHastened') }
  }

  it.each([
    ['within a second, by default', 2_000, {}, 2_500, 500],
    ['within the spread', 2_000, { recoverySpreadMs: 100 }, 2_050, 50],
    ['at once without a spread', 2_000, { recoverySpreadMs: 0 }, 2_000, 0],
    ['within what is left of the wait', 9_900, {}, 9_950, 50],
  ])('tries again %s', async (_, at, options, again, delayMs) => {
    const told = { type: 'RetryHastened', policy: 'retry', operation: 'charge', retry: 1, delayMs }

    expect(await hastened(at, options)).toEqual({ again, told: [told] })
  })
})

describe('retry() and the price of a retry', () => {
  it.each([
    [{ code: 'TIMEOUT' }, 90],
    [{ code: 'ETIMEDOUT' }, 90],
    [{ name: 'TimeoutError' }, 90],
    [{ code: 'ECONNRESET' }, 95],
    [{ name: 'Error' }, 95],
  ])('after %o a budget of 100 tokens has %i left', async (error, balance) => {
    const budget = tokenBudget({ capacity: 100 })
    await story({ maxRetries: 1, budget }, error)

    expect(budget.balance).toBe(balance)
  })
})
