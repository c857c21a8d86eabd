import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenBudget } from '../budget/token-budget.ts'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { custom } from './custom-backoff.ts'
import { fixed } from './backoff.ts'
import { retry } from './retry.ts'

/** How an attempt fails. */
interface Fault {
  readonly isFatal: boolean
  /** The connection was refused: nothing has left. */
  readonly isRefused: boolean
  readonly retryAfterMs: number | undefined
}

interface Setting {
  readonly maxRetries: number
  readonly totalMs: number | undefined
  readonly maxRetryAfterMs: number
  readonly isIdempotent: boolean
  /** Retries that the budget holds. */
  readonly tokens: number
}

interface Result {
  readonly attempts: number
  readonly endedAt: number
  readonly ok: boolean
}

/** What the documentation says, as a loop. */
function expected(faults: readonly Fault[], setting: Setting): Result {
  let endedAt = 0
  for (let attempt = 0; ; attempt++) {
    const fault = faults[attempt]
    const end = { attempts: attempt + 1, endedAt }
    if (fault === undefined) return { ...end, ok: true }
    const wait = Math.max(10 * (attempt + 1), Math.min(fault.retryAfterMs ?? 0, setting.maxRetryAfterMs))
    const isWorth = !fault.isFatal && (setting.isIdempotent || fault.isRefused)
    const isInTime = endedAt + wait <= (setting.totalMs ?? Infinity)
    if (!isWorth || attempt >= setting.maxRetries || !isInTime || attempt >= setting.tokens)
      return { ...end, ok: false }
    endedAt += wait
  }
}

function errorOf({ isFatal, isRefused, retryAfterMs }: Fault): Error {
  const code = isRefused ? 'ECONNREFUSED' : 'ECONNRESET'
  return Object.assign(isFatal ? new RangeError('bug') : new Error('broken'), { code, retryAfterMs })
}

async function actual(faults: readonly Fault[], setting: Setting): Promise<Result> {
  const { maxRetries, totalMs, maxRetryAfterMs, isIdempotent, tokens } = setting
  const clock = new FakeClock()
  const budget = tokenBudget({ capacity: Math.max(tokens, 0.5), retryCost: 1, clock })
  const again = retry({
    maxRetries,
    maxRetryAfterMs,
    backoff: custom((at) => at * 10),
    budget,
    ...(totalMs === undefined ? {} : { totalMs }),
  })
  let attempts = 0
  const line = pipeline({ policies: [again], clock, idempotent: isIdempotent })
  const ended = line.tryRun(() => {
    const fault = faults[attempts++]
    if (fault !== undefined) throw errorOf(fault)
  })
  const result = ended.then(({ ok }) => ({ attempts, endedAt: clock.now(), ok }))
  await clock.advance(1_000_000)
  clock.expectIdle()
  return result
}

describe('retry() against its model', () => {
  it('makes the same attempts, and ends at the same time with the same outcome', async () => {
    const hint = fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined })
    const fault = fc.record({
      isFatal: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      isRefused: fc.boolean(),
      retryAfterMs: hint,
    })
    const setting = fc.record({
      maxRetries: fc.integer({ min: 0, max: 6 }),
      totalMs: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
      maxRetryAfterMs: fc.constantFrom(0, 50, 60_000),
      isIdempotent: fc.boolean(),
      tokens: fc.integer({ min: 0, max: 8 }),
    })
    const property = fc.asyncProperty(fc.array(fault, { maxLength: 8 }), setting, async (faults, options) => {
      expect(await actual(faults, options)).toEqual(expected(faults, options))
    })

    await fc.assert(property, { numRuns: 300 })
  })
})

describe('retry() over a circuitBreaker()', () => {
  it('waits for the trial and is the call that closes the circuit', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ minimumCalls: 1, failureRatio: 0.5, openMs: 1_000, clock })
    const again = retry({ maxRetries: 3, totalMs: 10_000, backoff: fixed({ delayMs: 10 }) })
    let requests = 0
    const ended = pipeline({ policies: [again, breaker], clock }).run(() => {
      requests++
      if (clock.now() < 500) throw new Error('down')
      return 'up'
    })

    await clock.advance(10_000)

    expect(await ended).toBe('up')
    expect([requests, again.retries]).toEqual([2, 2])
  })

  it('without a limit of time stops when the circuit opens', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ minimumCalls: 1, failureRatio: 0.5, openMs: 1_000, clock })
    const again = retry({ maxRetries: 3, backoff: fixed({ delayMs: 10 }) })
    let requests = 0
    const ended = pipeline({ policies: [again, breaker], clock }).tryRun(() => {
      requests++
      throw new Error('down')
    })

    await clock.advance(10_000)

    expect(await ended).toMatchObject({ ok: false, rejection: { code: 'CIRCUIT_OPEN' } })
    expect(requests).toBe(1)
  })
})
