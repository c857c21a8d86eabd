import { describe, expect, it } from 'vitest'
import { balancer } from './balancer.ts'
import { resolveOutlierOptions } from './outlier-options.ts'

/** What JavaScript callers can pass although the types forbid it. */
const make = (outlierEjection: object): unknown => balancer({ endpoints: ['a'], outlierEjection })

describe('outlierEjection options', () => {
  it.each<[object, string]>([
    [
      { consecutiveFailures: -1 },
      "'consecutiveFailures' must be an integer >= 0 and <= 1000000: current value is -1",
    ],
    [{ consecutiveFailures: 1.5 }, "'consecutiveFailures' must be an integer >= 0 and <= 1000000: current"],
    [{ consecutiveFailures: 1_000_001 }, 'current value is 1000001'],
    [{ intervalMs: 99 }, "'intervalMs' must be a number >= 100 and <= 86400000: current value is 99"],
    [
      { intervalMs: 86_400_001 },
      "'intervalMs' must be a number >= 100 and <= 86400000: current value is 86400001",
    ],
    [{ baseEjectionMs: 0 }, "'baseEjectionMs' must be a number >= 1 and <= 86400000: current value is 0"],
    [{ baseEjectionMs: 86_400_001 }, "'baseEjectionMs' must be a number >= 1 and <= 86400000: current"],
    [
      { baseEjectionMs: 10, maxEjectionMs: 9 },
      "'maxEjectionMs' must be a number >= 10 and <= 86400000: current value is 9",
    ],
    [
      { maxEjectionMs: 29_999 },
      "'maxEjectionMs' must be a number >= 30000 and <= 86400000: current value is 29999",
    ],
    [{ maxEjectionMs: 86_400_001 }, 'current value is 86400001'],
    [{ jitter: -0.1 }, "'jitter' must be a number >= 0 and <= 1: current value is -0.1"],
    [{ jitter: 1.1 }, "'jitter' must be a number >= 0 and <= 1: current value is 1.1"],
    [{ maxEjectedRatio: -0.1 }, "'maxEjectedRatio' must be a number >= 0 and <= 1: current value is -0.1"],
    [{ maxEjectedRatio: 1.1 }, "'maxEjectedRatio' must be a number >= 0 and <= 1: current value is 1.1"],
    [{ failures: 3 }, "'failures' is not an option of it: the options are consecutiveFailures, intervalMs"],
  ])('%o is refused by name and value', (options, message) => {
    expect(() => make(options)).toThrow(message)
    expect(() => make(options)).toThrow('Cannot create balancer outlier ejection as ')
  })

  it.each<[object, string]>([
    [{ minimumEndpoints: 1 }, "'minimumEndpoints' must be an integer >= 2: current value is 1"],
    [{ minimumCalls: 0 }, "'minimumCalls' must be an integer >= 1: current value is 0"],
    [{ minimumCalls: 1.5 }, "'minimumCalls' must be an integer >= 1: current value is 1.5"],
    [{ stdevFactor: -0.1 }, "'stdevFactor' must be a number >= 0: current value is -0.1"],
    [{ threshold: 1 }, "'threshold' is not an option of it: the options are minimumEndpoints, minimumCalls"],
  ])('successRate %o is refused by name and value', (successRate, message) => {
    expect(() => make({ successRate })).toThrow(
      `Cannot create balancer outlier ejection by success rate as ${message}`,
    )
  })

  it.each<[object, string]>([
    [{ minimumEndpoints: 0 }, "'minimumEndpoints' must be an integer >= 1: current value is 0"],
    [{ minimumCalls: 0 }, "'minimumCalls' must be an integer >= 1: current value is 0"],
    [{ threshold: 0 }, "'threshold' must be a number > 0 and <= 1: current value is 0"],
    [{ threshold: 1.01 }, "'threshold' must be a number > 0 and <= 1: current value is 1.01"],
    [
      { stdevFactor: 1 },
      "'stdevFactor' is not an option of it: the options are minimumEndpoints, minimumCalls",
    ],
  ])('failureRatio %o is refused by name and value', (failureRatio, message) => {
    expect(() => make({ failureRatio })).toThrow(
      `Cannot create balancer outlier ejection by failure ratio as ${message}`,
    )
  })

  it.each<[object]>([
    [{ consecutiveFailures: 0, intervalMs: 100, baseEjectionMs: 1, maxEjectionMs: 1, jitter: 0 }],
    [{ consecutiveFailures: 1_000_000, intervalMs: 86_400_000, baseEjectionMs: 86_400_000, jitter: 1 }],
    [{ maxEjectionMs: 30_000, maxEjectedRatio: 0 }],
    [{ maxEjectionMs: 86_400_000, maxEjectedRatio: 1 }],
    [{ successRate: { minimumEndpoints: 2, minimumCalls: 1, stdevFactor: 0 } }],
    [{ failureRatio: { minimumEndpoints: 1, minimumCalls: 1, threshold: 1 } }],
    [{ successRate: false, failureRatio: false }],
  ])('%o is at the edge of what is allowed', (options) => {
    expect(() => make(options)).not.toThrow()
  })

  it('null for a rule is refused at once, not by a call an interval later', () => {
    expect(() => make({ successRate: null })).toThrow('its options must be an object: current value is null')
    expect(() => make({ failureRatio: null })).toThrow('its options must be an object: current value is null')
  })

  it('that are left out, or undefined, keep their defaults, those of a rule too', () => {
    const settings = resolveOutlierOptions({
      jitter: undefined,
      successRate: { stdevFactor: 3, minimumCalls: undefined },
      failureRatio: { threshold: 0.5 },
    } as never)

    expect(settings).toEqual({
      consecutiveFailures: 5,
      intervalMs: 10_000,
      baseEjectionMs: 30_000,
      maxEjectionMs: 300_000,
      jitter: 0.1,
      maxEjectedRatio: 0.1,
      successRate: { minimumEndpoints: 5, minimumCalls: 100, stdevFactor: 3 },
      failureRatio: { minimumEndpoints: 5, minimumCalls: 50, threshold: 0.5 },
    })
  })

  it('maxEjectionMs is at least baseEjectionMs when only that is given', () => {
    expect(resolveOutlierOptions({ baseEjectionMs: 400_000 }).maxEjectionMs).toBe(400_000)
    expect(resolveOutlierOptions({ baseEjectionMs: 1_000 }).maxEjectionMs).toBe(300_000)
  })
})
