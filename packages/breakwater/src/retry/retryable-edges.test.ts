import { describe, expect, it } from 'vitest'
import { ResilienceError } from '../faults/resilience-error.ts'
import { gate } from '../pipeline/level.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { RateLimitError } from '../rate-limiter/rate-limiter-errors.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { fixed } from './backoff.ts'
import { retryHint } from './retry-after.ts'
import { retry } from './retry.ts'
import { isRetryable, neverLeft } from './retryable.ts'

describe('isRetryable() at its edges', () => {
  it.each([
    ['CIRCUIT_OPEN', false],
    ['BULKHEAD_FULL', false],
    ['RATE_LIMITED', false],
    ['CONCURRENCY_LIMITED', false],
    ['THROTTLED', false],
    ['DEADLINE_EXCEEDED', false],
    ['TIMEOUT', true],
  ])('of an error of ours with the code %s: %s', (code, expected) => {
    expect(isRetryable(new ResilienceError('refused', { code }))).toBe(expected)
  })

  it.each([
    [{ retryable: false }, false],
    [{ $retryable: false }, false],
    [{ retryable: true, $retryable: true }, true],
  ])('%o → %s', (error, expected) => {
    expect(isRetryable(error)).toBe(expected)
  })
})

describe('neverLeft() at its edges', () => {
  it.each([
    ['a status that there is not', { status: 600, code: 'ECONNREFUSED' }, true],
    ['the last status that there is', { status: 599, code: 'ECONNREFUSED' }, false],
    ['a connection that is not said to have failed', { syscall: 'connect' }, false],
    ['a broken stream whose message is no text', { code: 'ERR_HTTP2_STREAM_ERROR', message: 7 }, false],
  ])('of %s: %s', (_, error, expected) => {
    expect(neverLeft(error)).toBe(expected)
  })

  it('follows no ring of parts', () => {
    const ring: { errors?: unknown[] } = {}
    ring.errors = [ring]

    expect(neverLeft(ring)).toBe(false)
  })
})

describe('retryHint() at its edges', () => {
  it.each([
    ['an own wish of no wait', { retryAfterMs: 0, headers: { 'retry-after': '2' } }, 0],
    ['the longest text that is read', { headers: { 'retry-after-ms': '7'.padStart(64, '0') } }, 7],
    ['a longer text', { headers: { 'retry-after-ms': '7'.padStart(65, '0') } }, undefined],
    ['hundredths of a second', { headers: { 'retry-after': '1.25' } }, 1_250],
    ['a date behind a word', { headers: { 'retry-after': 'by Sun, 06 Nov 2044 08:49:37 GMT' } }, undefined],
  ])('reads %s', (_, error, expected) => {
    expect(retryHint(error, 0)).toBe(expected)
  })
})

describe('retry() at its edges', () => {
  it('waits for the time that a rate limit asks for, into which the work ran', async () => {
    const clock = new FakeClock()
    const facts = { policy: 'api', key: '', limit: 1, intervalMs: 1, remaining: 0, isOverflow: false }
    const again = retry({ retryRejections: true, backoff: fixed({ delayMs: 10 }) })
    const call = pipeline({ policies: [again], clock }).run(({ attempt }) => {
      if (attempt === 0) throw new RateLimitError({ ...facts, retryAfterMs: 70 })
      return clock.now()
    })
    await clock.advance(1_000)

    expect(await call).toBe(70)
  })

  it.each([
    [0, 0],
    [0.9, 0],
    [1, 1],
  ])('a backoff of %d ms takes %i timers', async (delayMs, timers) => {
    const clock = new FakeClock()
    const again = retry({ maxRetries: 1, backoff: fixed({ delayMs }) })
    const call = pipeline({ policies: [again], clock }).tryRun(() => Promise.reject(new Error('down')))
    await clock.settle()
    const pending = clock.pending()
    await clock.advance(1)
    await call

    expect(pending).toHaveLength(timers)
  })

  it('counts the total time from when the call came in, whenever that was', async () => {
    const clock = new FakeClock()
    await clock.advance(1_000)
    const again = retry({ totalMs: 150, backoff: fixed({ delayMs: 100 }) })
    const call = pipeline({ policies: [again], clock }).tryRun(() => Promise.reject(new Error('down')))
    await clock.advance(1_000)
    await call

    expect([again.retries, again.timeExhausted]).toEqual([1, 1])
  })

  it('takes nothing more from a budget that lives from outcomes for an attempt that was refused', async () => {
    const notes: string[] = []
    const budget = {
      deposit: () => void notes.push('deposit'),
      tryWithdraw: () => notes.push('withdraw') > 0,
      failed: () => void notes.push('failed'),
    }
    const facts = { policy: 'api', key: '', limit: 1, intervalMs: 1, remaining: 0, isOverflow: false }
    const refuses = { kind: 'test', name: 'test', stats: () => ({ counters: {}, gauges: {} }) }
    const again = retry({ budget, maxRetries: 1, retryRejections: true, backoff: fixed({ delayMs: 0 }) })
    const rejection = { code: 'RATE_LIMITED', policy: 'api', retryAfterMs: 0 }
    const toError = (): RateLimitError => new RateLimitError({ ...facts, retryAfterMs: 0 })
    const inner = { ...refuses, compile: () => gate({ enter: () => ({ ...rejection, toError }) }) }

    await pipeline({ policies: [again, inner] }).tryRun(() => 1)

    expect(notes).toEqual(['deposit'])
    expect(again.retries).toBe(1)
  })
})
