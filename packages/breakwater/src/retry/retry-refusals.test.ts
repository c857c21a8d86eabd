import { describe, expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { CircuitOpenError, isCircuitOpenError } from '../circuit-breaker/circuit-breaker-errors.ts'
import type { ResilienceError } from '../faults/resilience-error.ts'
import type { CallContext } from '../pipeline/call-context.ts'
import { gate } from '../pipeline/level.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import type { Policy } from '../pipeline/policy.ts'
import { DeadlineExceededError } from '../timeout/timeout-errors.ts'
import { RateLimitError } from '../rate-limiter/rate-limiter-errors.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { fixed } from './backoff.ts'
import { rateLimiting } from './rate-limiting.ts'
import type { RetryEvent } from './retry-events.ts'
import type { RetryOptions } from './retry-options.ts'
import { retry } from './retry.ts'

const clockOf = (): FakeClock => new FakeClock()

/** A gate that refuses until `openUntil` with the error it is given. */
function refusing(clock: FakeClock, openUntil: number, make: (restMs: number) => ResilienceError): Policy {
  const refusal = (restMs: number) => ({
    code: make(restMs).code,
    policy: 'gate',
    retryAfterMs: Reflect.get(make(restMs), 'remainingMs') ?? Reflect.get(make(restMs), 'retryAfterMs'),
    toError: () => make(restMs),
  })
  const enter = () => (clock.now() < openUntil ? refusal(openUntil - clock.now()) : undefined)
  return {
    kind: 'gate',
    name: 'gate',
    compile: () => gate({ enter }),
    stats: () => ({ counters: {}, gauges: {} }),
  }
}

const open = (restMs: number): ResilienceError => new CircuitOpenError('db', 'failures', restMs)
const held = (): ResilienceError => new CircuitOpenError('db', 'by a person', undefined)
const limited = (retryAfterMs: number): ResilienceError =>
  new RateLimitError({
    policy: 'gate',
    key: '',
    limit: 1,
    intervalMs: 100,
    remaining: 0,
    retryAfterMs,
    isOverflow: false,
  })

/** Runs work behind a gate that is closed for 100 ms; gives when it ended, and how. */
async function behind(
  make: (restMs: number) => ResilienceError,
  options: RetryOptions,
  isIdempotent = true,
): Promise<{ at: number; ok: boolean; events: RetryEvent[] }> {
  const clock = clockOf()
  const events: RetryEvent[] = []
  const again = retry({ backoff: fixed({ delayMs: 5 }), onEvent: (event) => events.push(event), ...options })
  const line = pipeline({
    policies: [again, refusing(clock, 100, make)],
    clock,
    idempotent: isIdempotent,
  })
  const ended = line.tryRun(() => 'in').then(({ ok }) => ({ at: clock.now(), ok, events }))
  await clock.advance(10_000)
  clock.expectIdle()
  return ended
}

describe('retry() over an open breaker', () => {
  it('waits for its next trial, and its own backoff on top, when the time that is left suffices', async () => {
    const { at, ok, events } = await behind(open, { totalMs: 105 })

    expect([at, ok]).toEqual([105, true])
    expect(events).toMatchObject([{ type: 'RetryScheduled', delayMs: 105, because: 'circuit-open' }])
  })

  it('stops when the time that is left does not suffice', async () => {
    const { at, ok, events } = await behind(open, { totalMs: 104 })

    expect([at, ok]).toEqual([0, false])
    expect(events).toMatchObject([{ type: 'RetryTimeExhausted', delayMs: 105, leftMs: 104 }])
  })

  it('knows the time that is left also from the call', async () => {
    expect(await behind(open, { remainingMs: () => 105 })).toMatchObject({ at: 105, ok: true })
  })

  it.each([
    ['no limit of time is known', open, {}],
    ['no limit of time is known, though refusals are retried', open, { retryRejections: true }],
    ['a person holds it open', held, { totalMs: 10_000 }],
    ['retries are used up', open, { totalMs: 10_000, maxRetries: 0 }],
  ])('stops at once when %s', async (_, make, options) => {
    expect(await behind(make, options)).toMatchObject({ at: 0, ok: false })
  })

  it('does not clamp the wait for the trial, because an earlier call would only be refused again', async () => {
    expect(await behind(open, { totalMs: 200, maxRetryAfterMs: 1 })).toMatchObject({ at: 105, ok: true })
  })

  it('takes nothing from the budget: a refused attempt was no request', async () => {
    const budget = { deposit: () => undefined, tryWithdraw: () => false }

    expect(await behind(open, { totalMs: 200, budget })).toMatchObject({ ok: true })
  })

  it('is safe for work that is not idempotent, because nothing has left', async () => {
    expect(await behind(open, { totalMs: 200 }, false)).toMatchObject({ ok: true })
  })

  it('waits as well for a breaker that the work itself ran into, but takes that for a request', async () => {
    const clock = clockOf()
    let withdrawn = 0
    const budget = { deposit: () => undefined, tryWithdraw: () => ++withdrawn > 0 }
    const policies = [retry({ totalMs: 200, budget, backoff: fixed({ delayMs: 5 }) })]
    const ended = pipeline({ policies, clock }).run(({ attempt }: CallContext) => {
      if (attempt === 0) throw open(100)
      return clock.now()
    })

    await clock.advance(200)

    expect(await ended).toBe(105)
    expect(withdrawn).toBe(1)
  })

  it('an abort ends the wait at once', async () => {
    const clock = clockOf()
    const caller = new AbortController()
    const policies = [retry({ totalMs: 1_000 }), refusing(clock, 100, open)]
    const ended = pipeline({ policies, clock }).run(() => 'in', { signal: caller.signal })
    const seen = ended.catch((why: unknown) => why)
    await clock.advance(50)

    caller.abort('gone')

    expect(await seen).toBe('gone')
    clock.expectIdle()
  })

  it('throws the refusal when the last retry is refused too', async () => {
    const clock = clockOf()
    const policies = [retry({ maxRetries: 1, totalMs: 1_000 }), refusing(clock, 500, () => open(10))]
    const ended = pipeline({ policies, clock }).tryRun(() => 'in')
    await clock.advance(1_000)

    const outcome = await ended

    expect(outcome).toMatchObject({ ok: false, rejection: { code: 'CIRCUIT_OPEN' } })
    expect(!outcome.ok && isCircuitOpenError(outcome.error)).toBe(true)
  })
})

describe('retry() and other refusals', () => {
  it('does not retry them, and says so', async () => {
    const { at, ok, events } = await behind(limited, {})

    expect([at, ok]).toEqual([0, false])
    expect(events).toMatchObject([{ type: 'RetryDeclined', reason: 'rejected' }])
  })

  it('does not ask retryOn about them', async () => {
    expect(await behind(limited, { retryOn: () => true })).toMatchObject({ ok: false })
  })

  it.each([
    ['retryRejections', { retryRejections: true }, 100],
    ['the rule for rate limits', { rules: [rateLimiting({ initialMs: 5 })] }, 100],
    ['a list', { retryableErrors: ['RateLimitError'] }, 100],
  ])('retries them at their own time when told to by %s', async (_, options, expected) => {
    expect(await behind(limited, options)).toMatchObject({ at: expected, ok: true })
  })

  it.each([
    [100, true],
    [99, false],
  ])('with a maximum of %i ms, a refusal for 100 ms is waited for: %s', async (maxRetryAfterMs, ok) => {
    expect(await behind(limited, { retryRejections: true, maxRetryAfterMs })).toMatchObject({ ok })
  })

  it('never retries when the caller has no time left, because that does not come back', async () => {
    const late = (): ResilienceError => new DeadlineExceededError('a', 'timeout')

    expect(await behind(late, { retryRejections: true })).toMatchObject({ at: 0, ok: false })
  })

  it('retries a full bulkhead by backoff when told to', async () => {
    const clock = clockOf()
    const again = retry({ retryRejections: true, backoff: fixed({ delayMs: 60 }) })
    const line = pipeline({ policies: [again, bulkhead({ limit: 1 })], clock })
    const slow = line.run(() => clock.sleep(100))
    const second = line.run(() => clock.now())

    await clock.advance(200)

    expect(await second).toBe(120)
    expect(again.retries).toBe(2)
    await slow
  })
})

describe('retry() of work that is not idempotent', () => {
  it('says that it was unsafe', async () => {
    const events: RetryEvent[] = []
    const line = pipeline({
      policies: [retry({ onEvent: (event) => events.push(event) })],
      idempotent: false,
    })

    await line.tryRun(() => Promise.reject(new Error('reset')))

    expect(events).toMatchObject([{ type: 'RetryDeclined', reason: 'unsafe' }])
  })

  it('does not retry even what a list names, unless it never left', async () => {
    const again = retry({ backoff: fixed({ delayMs: 0 }), retryableErrors: [Error], maxRetries: 1 })
    const line = pipeline({ policies: [again], idempotent: false })

    await line.tryRun(() => Promise.reject(new Error('reset')))
    const unsafe = again.retries
    await line.tryRun(() => Promise.reject(Object.assign(new Error('early'), { status: 425 })))

    expect([unsafe, again.retries]).toEqual([0, 1])
  })
})
