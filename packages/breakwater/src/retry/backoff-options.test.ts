import { describe, expect, it } from 'vitest'
import { authentication } from './authentication.ts'
import { exponential, fixed, linear } from './backoff.ts'
import { custom } from './custom-backoff.ts'
import { decorrelated } from './decorrelated-backoff.ts'
import { fibonacci } from './fibonacci-backoff.ts'
import { rateLimiting } from './rate-limiting.ts'
import { transientErrors } from './transient-errors.ts'

const lowest = { next: () => 0 }
const refresh = (): void => undefined

describe('a backoff', () => {
  const unknown = 'is not an option of it: the options are'

  it.each([
    [
      'exponential',
      () => exponential({ initialMs: -1 }),
      "'initialMs' must be a number >= 0: current value is -1",
    ],
    ['exponential', () => exponential({ maxMs: -1 }), "'maxMs' must be a number >= 0: current value is -1"],
    [
      'exponential',
      () => exponential({ factor: 0.9 }),
      "'factor' must be a number >= 1: current value is 0.9",
    ],
    [
      'exponential',
      () => exponential({ base: 1 } as object),
      `'base' ${unknown} initialMs, maxMs, factor, jitter`,
    ],
    ['fixed', () => fixed({ delayMs: -1 }), "'delayMs' must be a number >= 0: current value is -1"],
    ['fixed', () => fixed({} as never), "'delayMs' must be a number >= 0: current value is NaN"],
    ['fixed', () => fixed({ ms: 1 } as never), `'ms' ${unknown} delayMs, jitter`],
    ['linear', () => linear({ stepMs: -1 }), "'stepMs' must be a number >= 0: current value is -1"],
    ['linear', () => linear({ maxMs: NaN }), "'maxMs' must be a number >= 0: current value is NaN"],
    ['linear', () => linear({ factor: 1 } as object), `'factor' ${unknown} stepMs, maxMs, jitter`],
    [
      'fibonacci',
      () => fibonacci({ initialMs: -1 }),
      "'initialMs' must be a number >= 0: current value is -1",
    ],
    ['fibonacci', () => fibonacci({ maxMs: NaN }), "'maxMs' must be a number >= 0: current value is NaN"],
    ['fibonacci', () => fibonacci({ factor: 2 } as object), `'factor' ${unknown} initialMs, maxMs, jitter`],
    [
      'decorrelated',
      () => decorrelated({ initialMs: -1 }),
      "'initialMs' must be a number >= 0: current value is -1",
    ],
    [
      'decorrelated',
      () => decorrelated({ maxMs: 99 }),
      "'maxMs' must be a number >= 100: current value is 99",
    ],
    [
      'decorrelated',
      () => decorrelated({ factor: 0.9 }),
      "'factor' must be a number >= 1: current value is 0.9",
    ],
    [
      'decorrelated',
      () => decorrelated({ jitter: 1 } as object),
      `'jitter' ${unknown} initialMs, maxMs, factor`,
    ],
    ['custom', () => custom(() => 1, { maxMs: -1 }), "'maxMs' must be a number >= 0: current value is -1"],
    ['custom', () => custom(() => 1, { ms: 1 } as object), `'ms' ${unknown} maxMs, jitter`],
    ['custom', () => custom('x' as never), "'delayMs' must be a function: current value is 'x'"],
  ])('that is %s refuses options by name and value: %o', (name, make, message) => {
    expect(make).toThrow(`Cannot create ${name} backoff as ${message}`)
  })

  it.each([exponential, linear, fibonacci])('refuses a jitter that there is not: %o', (make) => {
    expect(() => make({ jitter: 'some' as never })).toThrow(
      "Cannot create backoff as 'jitter' must be one of none, full, equal, proportional: current value is some",
    )
  })

  it('takes the ends of what is allowed', () => {
    const waits = [
      exponential({ initialMs: 0, maxMs: 0, factor: 1 }),
      fixed({ delayMs: 0 }),
      linear({ stepMs: 0, maxMs: 0 }),
      fibonacci({ initialMs: 0, maxMs: 0 }),
      decorrelated({ initialMs: 0, maxMs: 0, factor: 1 }),
      custom(() => 5, { maxMs: 0 }),
    ].map((backoff) => backoff.delayMs(3, lowest, 1))

    expect(waits).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('stops by default at 20 s: linear, decorrelated and custom', () => {
    const almostOne = { next: () => 1 - 1e-12 }

    expect(Math.round(linear().delayMs(10_000, almostOne, 0))).toBe(20_000)
    expect(Math.round(decorrelated().delayMs(1, almostOne, 1e9))).toBe(20_000)
    expect(custom(() => 1e9).delayMs(1, lowest, 0)).toBe(20_000)
  })
})

describe('a rule for errors', () => {
  const count = 'must be an integer >= 0 and <= 10000'
  const unknown = 'is not an option of it: the options are'

  it.each([
    [
      'transient_errors',
      () => transientErrors({ maxRetries: -1 }),
      `'maxRetries' ${count}: current value is -1`,
    ],
    [
      'transient_errors',
      () => transientErrors({ base: 1 } as object),
      `'base' ${unknown} maxRetries, initialMs`,
    ],
    [
      'rate_limiting',
      () => rateLimiting({ maxRetries: 10_001 }),
      `'maxRetries' ${count}: current value is 10001`,
    ],
    ['rate_limiting', () => rateLimiting({ maxRetries: 0.5 }), `'maxRetries' ${count}: current value is 0.5`],
    [
      'authentication',
      () => authentication({ refresh, maxRetries: -1 }),
      `'maxRetries' ${count}: current value is -1`,
    ],
    [
      'authentication',
      () => authentication({} as never),
      "'refresh' must be a function: current value is null",
    ],
    [
      'authentication',
      () => authentication({ refresh: 1 } as never),
      "'refresh' must be a function: current value is 1",
    ],
    [
      'authentication',
      () => authentication({ refresh, refreshTimeoutMs: 0 }),
      "'refreshTimeoutMs' must be a number > 0: current value is 0",
    ],
    [
      'authentication',
      () => authentication({ refresh, base: 1 } as never),
      `'base' ${unknown} maxRetries, initialMs`,
    ],
  ])('called %s refuses options by name and value', (name, make, message) => {
    expect(make).toThrow(`Cannot create rule ${name} as ${message}`)
  })

  it('has its name', () => {
    const rules = [transientErrors(), rateLimiting(), authentication({ refresh })]

    expect(rules.map(({ name }) => name)).toEqual(['transient_errors', 'rate_limiting', 'authentication'])
  })

  it.each([
    ['transient_errors', transientErrors({ maxRetries: 10_000, initialMs: 7, maxMs: 20, jitter: 'none' })],
    [
      'authentication',
      authentication({ refresh, maxRetries: 10_000, initialMs: 7, maxMs: 20, jitter: 'none' }),
    ],
  ])('called %s takes what it is given', (_, { maxRetries, backoff }) => {
    const waits = [1, 2, 3].map((at) => backoff.delayMs(at, lowest, 0))

    expect([maxRetries, ...waits]).toEqual([10_000, 7, 14, 20])
  })

  it('spreads its waits by full jitter, by default', () => {
    const waits = [transientErrors(), rateLimiting(), authentication({ refresh })].map(({ backoff }) =>
      backoff.delayMs(1, lowest, 0),
    )

    expect(waits).toEqual([0, 0, 0])
  })
})
