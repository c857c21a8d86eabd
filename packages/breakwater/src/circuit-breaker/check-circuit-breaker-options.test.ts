import { describe, expect, it } from 'vitest'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

const wrong =
  (options: object): (() => unknown) =>
  () =>
    circuitBreaker(options)

describe('circuitBreaker() refuses', () => {
  it.each([
    [{ failureRatio: 0 }, 'failureRatio'],
    [{ failureRatio: 1.01 }, 'failureRatio'],
    [{ minimumCalls: 0 }, 'minimumCalls'],
    [{ windowMs: 99 }, 'windowMs'],
    [{ windowCalls: 0 }, 'windowCalls'],
    [{ windowCalls: 100_001 }, 'windowCalls'],
    [{ windowCalls: 10, minimumCalls: 11 }, 'minimumCalls'],
    [{ slowCallMs: 0 }, 'slowCallMs'],
    [{ slowCallMs: 1, slowCallRatio: 0 }, 'slowCallRatio'],
    [{ openMs: 0 }, 'openMs'],
    [{ openMs: 100, maxOpenMs: 99 }, 'maxOpenMs'],
    [{ openMs: {} }, 'openMs.delayMs'],
    [{ openMs: null }, 'openMs'],
    [{ trials: 0 }, 'trials'],
    [{ trials: 2, successThreshold: 3 }, 'successThreshold'],
    [{ trials: 2, trialSuccessRatio: 1.1 }, 'trialSuccessRatio'],
    [{ failuresKept: 51 }, 'failuresKept'],
    [{ ramp: { steps: [] } }, 'steps'],
    [{ ramp: { steps: [0.5, 0.5] } }, 'steps'],
    [{ ramp: { steps: [0, 0.5] } }, 'steps'],
    [{ ramp: { steps: [0.5, 1] } }, 'steps'],
    [{ ramp: { stepMs: 0 } }, 'stepMs'],
    [{ healthProbe: true }, 'healthProbe'],
    [{ isFailure: Error }, 'isFailure'],
    [{ isFailure: class DownError extends Error {} }, 'isFailure'],
    [{ retries: 1 }, 'retries'],
  ])('%j, and names the option', (options, name) => {
    expect(wrong(options)).toThrow(`'${name}'`)
  })

  it.each([
    [
      { failureRatio: 0.5, consecutiveFailures: 1 },
      "'failureRatio' and 'consecutiveFailures' exclude each other",
    ],
    [
      { windowCalls: 5, consecutiveFailures: 1 },
      "'windowCalls' and 'consecutiveFailures' exclude each other",
    ],
    [{ windowCalls: 5, windowMs: 100 }, "'windowMs' and 'windowCalls' exclude each other"],
    [
      { trials: 2, trialSuccessRatio: 1, successThreshold: 1 },
      "'trialSuccessRatio' and 'successThreshold' exclude",
    ],
    [{ slowCallRatio: 1 }, "'slowCallRatio' means nothing without 'slowCallMs'"],
    [{ trialSuccessRatio: 1 }, "'trialSuccessRatio' means nothing without 'trials'"],
  ])('%j, as they do not go together', (options, because) => {
    expect(wrong(options)).toThrow(because)
  })
})

describe('circuitBreaker() takes', () => {
  it.each([
    [{ failureRatio: 1, minimumCalls: 1, windowMs: 100 }],
    [{ windowCalls: 1 }],
    [{ windowCalls: 100_000, minimumCalls: 100_000 }],
    [{ slowCallMs: 1, slowCallRatio: 1 }],
    [{ openMs: 1, maxOpenMs: 1 }],
    [{ openMs: 120_000 }],
    [{ trials: 3, successThreshold: 3 }],
    [{ failuresKept: 0 }],
    [{ failuresKept: 50, ramp: {} }],
    [{ ramp: { steps: [0.999], stepMs: 1 } }],
    [{ consecutiveFailures: 1, slowCallMs: 5 }],
  ])('%j', (options: CircuitBreakerOptions) => {
    expect(wrong(options)).not.toThrow()
  })

  it('minimumCalls no larger than windowCalls when nobody says how many', () => {
    const breaker = circuitBreaker({ windowCalls: 5 })

    expect(breaker.facts().minimumCalls).toBe(5)
  })

  it('a steps array that is changed later, without changing', () => {
    const steps = [0.1]
    const breaker = circuitBreaker({ ramp: { steps }, consecutiveFailures: 1, openMs: () => 0 })
    steps[0] = 0.9
    breaker.recordFailure(new Error('broken'))

    breaker.recordSuccess()

    expect(breaker.admittedShare).toBe(0.1)
  })
})
