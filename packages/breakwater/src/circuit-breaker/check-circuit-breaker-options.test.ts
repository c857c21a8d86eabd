import { describe, expect, it } from 'vitest'
import { circuitBreaker } from './circuit-breaker.ts'
import { circuitBreakerDefaults, type CircuitBreakerOptions } from './circuit-breaker-options.ts'

const wrong =
  (options: object): (() => unknown) =>
  () =>
    circuitBreaker(options)

describe('circuitBreaker() refuses', () => {
  it.each([
    [{ failureRatio: 0 }, "'failureRatio' must be a number > 0 and <= 1: current value is 0"],
    [{ failureRatio: 1.01 }, "'failureRatio' must be a number > 0 and <= 1: current value is 1.01"],
    [{ minimumCalls: 0 }, "'minimumCalls' must be an integer >= 1 and <= 1000000: current value is 0"],
    [{ minimumCalls: 1_000_001 }, "'minimumCalls' must be an integer >= 1 and <= 1000000"],
    [{ windowMs: 99 }, "'windowMs' must be a number >= 100 and <= 86400000: current value is 99"],
    [{ windowMs: 86_400_001 }, "'windowMs' must be a number >= 100 and <= 86400000"],
    [{ windowCalls: 0 }, "'windowCalls' must be an integer >= 1 and <= 100000: current value is 0"],
    [{ windowCalls: 100_001 }, "'windowCalls' must be an integer >= 1 and <= 100000"],
    [{ windowCalls: 10, minimumCalls: 11 }, "'minimumCalls' must be a number <= 10: current value is 11"],
    [{ consecutiveFailures: 0 }, "'consecutiveFailures' must be an integer >= 1 and <= 1000000"],
    [{ slowCallMs: 0 }, "'slowCallMs' must be a number >= 1 and <= 86400000: current value is 0"],
    [{ slowCallMs: 1, slowCallRatio: 0 }, "'slowCallRatio' must be a number > 0 and <= 1"],
    [{ openMs: 0 }, "'openMs' must be a number >= 1 and <= 86400000: current value is 0"],
    [{ openMs: 100, maxOpenMs: 99 }, "'maxOpenMs' must be a number >= openMs (100): current value is 99"],
    [{ maxOpenMs: 4_999 }, "'maxOpenMs' must be a number >= openMs (5000): current value is 4999"],
    [{ openMs: 1, maxOpenMs: 0 }, "'maxOpenMs' must be a number >= 1 and <= 86400000"],
    [{ openMs: {} }, "'openMs.delayMs' must be a function: current value is undefined"],
    [{ openMs: null }, "'openMs' must be an object: current value is null"],
    [{ openMs: '5s' }, "'openMs' must be a number >= 1 and <= 86400000: current value is '5s'"],
    [{ jitter: 1.1 }, "'jitter' must be a number >= 0 and <= 1: current value is 1.1"],
    [{ successThreshold: 0 }, "'successThreshold' must be an integer >= 1 and <= 1000000"],
    [{ trials: 0 }, "'trials' must be an integer >= 1 and <= 1000000: current value is 0"],
    [{ trials: 2, successThreshold: 3 }, "'successThreshold' must be a number <= 2: current value is 3"],
    [{ trials: 2, trialSuccessRatio: 1.1 }, "'trialSuccessRatio' must be a number > 0 and <= 1"],
    [{ halfOpenLimit: 0 }, "'halfOpenLimit' must be an integer >= 1 and <= 1000000: current value is 0"],
    [{ trialLeaseMs: 0 }, "'trialLeaseMs' must be a number >= 1 and <= 86400000: current value is 0"],
    [{ failuresKept: -1 }, "'failuresKept' must be an integer >= 0 and <= 50: current value is -1"],
    [{ failuresKept: 51 }, "'failuresKept' must be an integer >= 0 and <= 50: current value is 51"],
    [{ healthProbe: true }, "'healthProbe' must be a function: current value is true"],
    [{ isFailure: true }, "'isFailure' must be a function: current value is true"],
    [{ isFailure: Error }, "'isFailure' must be a function, as of errorIs(): current value is a class"],
    [{ isFailure: class DownError extends Error {} }, "'isFailure' must be a function, as of errorIs()"],
    [{ clock: {} }, "'clock.now' must be a function: current value is undefined"],
    [{ clock: { now: Number } }, "'clock.coarseNow' must be a function"],
    [{ clock: { now: Number, coarseNow: Number } }, "'clock.epochNow' must be a function"],
    [{ random: {} }, "'random.next' must be a function: current value is undefined"],
    [{ onEvent: 1 }, "'onEvent' must be a function: current value is 1"],
    [{ name: 1 }, "'name' must be a string: current value is 1"],
    [{ retries: 1 }, "'retries' is not an option of it: the options are name, failureRatio"],
  ])('%j, and says what the option must be', (options, because) => {
    expect(wrong(options)).toThrow(`Cannot create circuit breaker as ${because}`)
  })

  it.each([
    [{ steps: [] }, "'steps' must be 1 to 20 rising shares above 0 and below 1: current value is []"],
    [{ steps: [0.5, 0.5] }, "'steps' must be 1 to 20 rising shares above 0 and below 1"],
    [{ steps: [0, 0.5] }, "'steps' must be 1 to 20 rising shares above 0 and below 1"],
    [{ steps: [0.5, 1] }, "'steps' must be 1 to 20 rising shares above 0 and below 1"],
    [{ steps: ['0.5'] }, "'steps' must be 1 to 20 rising shares above 0 and below 1"],
    [{ steps: { length: 1, every: () => true } }, "'steps' must be 1 to 20 rising shares"],
    [{ steps: Array.from({ length: 21 }, (_, i) => (i + 1) / 30) }, "'steps' must be 1 to 20 rising shares"],
    [{ stepMs: 0 }, "'stepMs' must be a number >= 1 and <= 86400000: current value is 0"],
    [{ failureRatio: 0 }, "'failureRatio' must be a number > 0 and <= 1: current value is 0"],
    [{ minimumCalls: 0 }, "'minimumCalls' must be an integer >= 1 and <= 1000000: current value is 0"],
    [{ slope: 1 }, "'slope' is not an option of it: the options are steps, stepMs"],
  ])('a ramp of %j, and says what its option must be', (ramp, because) => {
    expect(wrong({ ramp })).toThrow(`Cannot create ramp of circuit breaker as ${because}`)
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
    [
      { slowCallMs: 5, slowCallRatio: 1, consecutiveFailures: 1 },
      "'slowCallRatio' and 'consecutiveFailures' exclude each other",
    ],
    [{ windowCalls: 5, windowMs: 100 }, "'windowMs' and 'windowCalls' exclude each other"],
    [
      { trials: 2, trialSuccessRatio: 1, successThreshold: 1 },
      "'trialSuccessRatio' and 'successThreshold' exclude",
    ],
    [{ slowCallRatio: 1 }, "'slowCallRatio' means nothing without 'slowCallMs'"],
    [{ trialSuccessRatio: 1 }, "'trialSuccessRatio' means nothing without 'trials'"],
  ])('%j, as they do not go together', (options, because) => {
    expect(wrong(options)).toThrow(`Cannot create circuit breaker as ${because}`)
  })

  it('what is no listener, also when the other options were given before', () => {
    circuitBreaker({ minimumCalls: 9 })

    expect(wrong({ minimumCalls: 9, onEvent: 'log' })).toThrow(
      "Cannot create circuit breaker as 'onEvent' must be a function: current value is 'log'",
    )
  })
})

describe('circuitBreaker() takes', () => {
  it.each([
    [{ failureRatio: 1, minimumCalls: 1, windowMs: 100 }],
    [{ windowMs: 86_400_000, minimumCalls: 1_000_000 }],
    [{ windowCalls: 1 }],
    [{ windowCalls: 100_000, minimumCalls: 100_000 }],
    [{ slowCallMs: 1, slowCallRatio: 1 }],
    [{ openMs: 1, maxOpenMs: 1 }],
    [{ openMs: 120_000 }],
    [{ trials: 3, successThreshold: 3 }],
    [{ failuresKept: 0 }],
    [{ failuresKept: 50, ramp: {} }],
    [{ ramp: { steps: [0.999], stepMs: 1, failureRatio: 1, minimumCalls: 1 } }],
    [{ ramp: { steps: Array.from({ length: 20 }, (_, i) => (i + 1) / 30) } }],
    [{ isFailure: () => true, jitter: 0, openMs: () => 1 }],
    [{ openMs: { delayMs: () => 1 }, maxOpenMs: 1 }],
    [{ slowCallMs: 86_400_000, trialLeaseMs: 86_400_000, openMs: 86_400_000, jitter: 1 }],
    [{ consecutiveFailures: 1, slowCallMs: 5 }],
  ])('%j', (options: CircuitBreakerOptions) => {
    expect(wrong(options)).not.toThrow()
  })

  it('an option that is undefined as one that is not given', () => {
    const nothing = {
      ...{ name: undefined, failureRatio: undefined, openMs: undefined, maxOpenMs: undefined },
      ...{ isFailure: undefined, clock: undefined, random: undefined, ramp: { steps: undefined } },
    }

    const breaker = circuitBreaker(nothing as unknown as CircuitBreakerOptions)

    expect([breaker.name, breaker.diagnose().thresholds]).toEqual([
      'circuit-breaker',
      circuitBreaker().diagnose().thresholds,
    ])
    expect(breaker.tryAcquire()).toBeDefined()
  })

  it('an open time above the usual longest one', () => {
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 120_000, jitter: 0 })

    expect(breaker.diagnose().thresholds).toMatchObject({ openMs: 120_000, maxOpenMs: 120_000 })
  })

  it('no options at all, with these defaults', () => {
    expect(circuitBreakerDefaults).toEqual({
      ...{ name: 'circuit-breaker', failureRatio: 0.5, minimumCalls: 20, windowMs: 30_000 },
      ...{ slowCallRatio: 0.5, openMs: 5_000, maxOpenMs: 60_000, jitter: 0.1, successThreshold: 1 },
      ...{ halfOpenLimit: 1, trialLeaseMs: 30_000, failuresKept: 5 },
    })
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
