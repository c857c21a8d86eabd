import { describe, expect, it } from 'vitest'
import { balancer } from './balancer.ts'

/** What JavaScript callers can pass although the types forbid it. */
const make = (endpoint: unknown): unknown => balancer({ endpoints: [endpoint] as string[] })

describe('an endpoint', () => {
  it.each<[unknown, string]>([
    ['', "''"],
    [5, "'5'"],
    [null, "'null'"],
    [undefined, "'undefined'"],
    [{}, 'an object without one'],
    [{ id: '' }, 'an object without one'],
    [{ id: 7 }, 'an object without one'],
  ])('%o is refused: it has no id', (endpoint, shown) => {
    expect(() => make(endpoint)).toThrow(
      new TypeError(
        `Cannot create endpoint as it must be a name or an object with an 'id': current value is ${shown}`,
      ),
    )
  })

  it.each<[object, string]>([
    [{ weight: 0 }, "'weight' must be a number > 0 and <= 1000: current value is 0"],
    [{ weight: 1_001 }, "'weight' must be a number > 0 and <= 1000: current value is 1001"],
    [{ priority: -1 }, "'priority' must be an integer >= 0 and <= 99: current value is -1"],
    [{ priority: 0.5 }, "'priority' must be an integer >= 0 and <= 99: current value is 0.5"],
    [{ priority: 100 }, "'priority' must be an integer >= 0 and <= 99: current value is 100"],
    [{ zone: 1 }, "'zone' must be a string: current value is 1"],
  ])('with %o is refused by name and value', (fields, message) => {
    expect(() => make({ id: 'a', ...fields })).toThrow(`Cannot create endpoint 'a' as ${message}`)
  })

  it.each([
    [{ weight: 0.001, priority: 0, zone: '' }],
    [{ weight: 1_000, priority: 99 }],
    [{ weight: undefined, priority: undefined, zone: undefined }],
  ])('with %o is at the edge of what is allowed', (fields) => {
    expect(() => make({ id: 'a', ...fields })).not.toThrow()
  })
})
