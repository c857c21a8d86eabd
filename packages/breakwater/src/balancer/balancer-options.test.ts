import { describe, expect, it } from 'vitest'
import { balancer } from './balancer.ts'

/** What JavaScript callers can pass although the types forbid it. */
const make = (options: object): unknown => balancer({ endpoints: ['a'], ...options })

describe('balancer() options', () => {
  it.each<[object, string]>([
    [
      { strategy: 'best' },
      "'strategy' must be one of p2c, least-loaded, round-robin, weighted: current value is best",
    ],
    [{ strategy: 'toString' }, "'strategy' must be one of p2c, least-loaded"],
    [{ load: 'cpu' }, "'load' must be one of in-flight, peak-ewma: current value is cpu"],
    [{ decayMs: 9 }, "'decayMs' must be a number >= 10 and <= 3600000: current value is 9"],
    [{ decayMs: 3_600_001 }, "'decayMs' must be a number >= 10 and <= 3600000: current value is 3600001"],
    [{ discoverEveryMs: 9 }, "'discoverEveryMs' must be a number >= 10 and <= 86400000: current value is 9"],
    [{ discoverEveryMs: 86_400_001 }, "'discoverEveryMs' must be a number >= 10 and <= 86400000: current"],
    [
      { discoverTimeoutMs: 0 },
      "'discoverTimeoutMs' must be a number >= 1 and <= 3600000: current value is 0",
    ],
    [{ discoverTimeoutMs: 3_600_001 }, "'discoverTimeoutMs' must be a number >= 1 and <= 3600000: current"],
    [
      { overprovisioning: 0.99 },
      "'overprovisioning' must be a number >= 1 and <= 100: current value is 0.99",
    ],
    [{ overprovisioning: 101 }, "'overprovisioning' must be a number >= 1 and <= 100: current value is 101"],
    [{ panicRatio: -0.01 }, "'panicRatio' must be a number >= 0 and <= 1: current value is -0.01"],
    [{ panicRatio: 1.01 }, "'panicRatio' must be a number >= 0 and <= 1: current value is 1.01"],
    [{ maxEndpoints: 0 }, "'maxEndpoints' must be an integer >= 1 and <= 100000: current value is 0"],
    [{ maxEndpoints: 1.5 }, "'maxEndpoints' must be an integer >= 1 and <= 100000: current value is 1.5"],
    [
      { maxEndpoints: 100_001 },
      "'maxEndpoints' must be an integer >= 1 and <= 100000: current value is 100001",
    ],
    [{ endpoints: 'a' }, "'endpoints' must be an array: current value is a"],
    [{ discover: ['a'] }, "'discover' must be a function: current value is an array"],
    [{ isFailure: true }, "'isFailure' must be a function: current value is true"],
    [{ onEvent: 'log' }, "'onEvent' must be a function: current value is 'log'"],
    [{ zone: 5 }, "'zone' must be a string: current value is 5"],
    [{ name: 5 }, "'name' must be a string: current value is 5"],
    [{ clock: { now: () => 0 } }, "'clock.setTimer' must be a function: current value is undefined"],
    [{ clock: { setTimer: () => 0 } }, "'clock.now' must be a function: current value is undefined"],
    [{ random: Math }, "'random.next' must be a function: current value is undefined"],
    [{ strategi: 'p2c' }, "'strategi' is not an option of it: the options are name, strategy, decayMs"],
  ])('%o is refused by name and value', (options, message) => {
    expect(() => make(options)).toThrow(`Cannot create balancer as ${message}`)
  })

  it.each<[object, string]>([
    [{ windowMs: 0 }, "'windowMs' must be a number >= 1 and <= 3600000: current value is 0"],
    [{ windowMs: 3_600_001 }, "'windowMs' must be a number >= 1 and <= 3600000: current value is 3600001"],
    [{ minShare: 0 }, "'minShare' must be a number > 0 and <= 1: current value is 0"],
    [{ minShare: 1.01 }, "'minShare' must be a number > 0 and <= 1: current value is 1.01"],
    [{ aggression: 0 }, "'aggression' must be a number > 0 and <= 10: current value is 0"],
    [{ aggression: 10.1 }, "'aggression' must be a number > 0 and <= 10: current value is 10.1"],
    [{ window: 5 }, "'window' is not an option of it: the options are windowMs, minShare, aggression"],
  ])('slowStart %o is refused by name and value', (slowStart, message) => {
    expect(() => make({ slowStart })).toThrow(`Cannot create balancer slow start as ${message}`)
  })

  it.each<[object]>([
    [{ decayMs: 10, discoverEveryMs: 10, discoverTimeoutMs: 1, overprovisioning: 1, panicRatio: 0 }],
    [
      {
        decayMs: 3_600_000,
        discoverEveryMs: 86_400_000,
        discoverTimeoutMs: 3_600_000,
        overprovisioning: 100,
      },
    ],
    [{ panicRatio: 1, maxEndpoints: 1 }],
    [{ maxEndpoints: 100_000, zone: '', load: 'in-flight' }],
    [{ slowStart: { windowMs: 1, minShare: 0.001, aggression: 0.001 } }],
    [{ slowStart: { windowMs: 3_600_000, minShare: 1, aggression: 10 } }],
  ])('%o is at the edge of what is allowed', (options) => {
    expect(() => make(options)).not.toThrow()
  })

  it('null for ejection or slow start is refused at once, not by a later call', () => {
    expect(() => make({ slowStart: null })).toThrow('its options must be an object: current value is null')
    expect(() => make({ outlierEjection: null })).toThrow(
      'its options must be an object: current value is null',
    )
  })

  it('endpoints or a discovery are needed', () => {
    expect(() => balancer({})).toThrow("Cannot create balancer as it needs 'endpoints' or 'discover'")
  })

  it('that are undefined keep their defaults: p2c by latency, one of ten ejected at most', () => {
    const api = balancer({
      endpoints: ['a'],
      strategy: undefined,
      outlierEjection: { jitter: undefined },
    } as never)

    expect(api.name).toBe('balancer')
    expect(api.explain()).toMatchObject({ strategy: 'p2c', load: 'peak-ewma', maxEjected: 1 })
  })

  it.each(['least-loaded', 'round-robin', 'weighted'] as const)('%s goes by calls under way', (strategy) => {
    const endpoints = ['a']

    expect(balancer({ endpoints, strategy }).explain()).toMatchObject({ strategy, load: 'in-flight' })
    expect(balancer({ endpoints, strategy, load: 'peak-ewma' }).explain().load).toBe('peak-ewma')
  })

  it('maxEndpoints is 1 000 when nothing else is said', () => {
    const api = balancer({ endpoints: Array.from({ length: 1_000 }, (_, index) => `e${index}`) })

    expect(() => api.add('one-more')).toThrow("Cannot add endpoint 'one-more' as there are 1000 already")
  })
})
