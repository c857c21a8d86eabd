import { describe, expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import type { Policy } from '../pipeline/policy.ts'
import { rateLimiter } from '../rate-limiter/rate-limiter.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { fallback } from './fallback.ts'

const fail = (): never => {
  throw Object.assign(new Error('down'), { code: 'DOWN' })
}
const hang = (): Promise<never> => new Promise(() => undefined)

function openCircuit(clock: FakeClock): Policy {
  const breaker = circuitBreaker({ consecutiveFailures: 1, clock })
  breaker.recordFailure(new Error('down'))
  return breaker
}

function fullBulkhead(): Policy {
  const slots = bulkhead({ limit: 1 })
  slots.tryAcquire()
  return slots
}

function spentLimit(clock: FakeClock): Policy {
  const limit = rateLimiter({ limit: 1, intervalMs: 1_000, clock })
  limit.tryAcquire()
  return limit
}

describe('fallback()', () => {
  it.each<[string, (clock: FakeClock) => Policy, () => unknown, string]>([
    ['an open circuit', openCircuit, fail, 'CIRCUIT_OPEN'],
    ['retries that are used up', () => retry({ backoff: fixed({ delayMs: 1 }) }), fail, 'DOWN'],
    ['a timeout', () => timeout({ ms: 10 }), hang, 'TIMEOUT'],
    ['a full bulkhead', fullBulkhead, fail, 'BULKHEAD_FULL'],
    ['a spent rate limit', spentLimit, fail, 'RATE_LIMITED'],
  ])('answers after %s, and knows the error', async (_, policyOf, work, code) => {
    const clock = new FakeClock()
    const instead = fallback(({ error }) => (error as { code: string }).code)
    const ended = pipeline({ policies: [instead, policyOf(clock)], clock }).run(work)

    await clock.advance(100)

    expect(await ended).toBe(code)
  })
})
