import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deserializeError } from './deserialize-error.ts'
import { createScrubber } from './scrub.ts'
import { serializeDefaults, serializeError } from './serialize-error.ts'

describe('serializeError()', () => {
  it('keeps name, message, code, status, stack, fields and causes', () => {
    const cause = Object.assign(new TypeError('inner'), { code: 'ECONNRESET' })
    const error = Object.assign(new Error('outer', { cause }), {
      status: 503,
      orderId: 7,
      tags: ['a', { b: 1n }],
    })

    expect(serializeError(error)).toMatchObject({
      name: 'Error',
      message: 'outer',
      status: 503,
      stack: error.stack,
      fields: { orderId: '7', tags: '["a",{"b":1}]' },
      cause: { name: 'TypeError', message: 'inner', code: 'ECONNRESET' },
    })
  })

  it.each([
    ['a string', 'boom', { name: 'string', message: 'boom' }],
    ['undefined', undefined, { name: 'undefined', message: 'undefined' }],
    ['null', null, { name: 'null', message: 'null' }],
    ['a symbol', Symbol('x'), { name: 'symbol', message: 'Symbol(x)' }],
    ['a big integer', 12n, { name: 'bigint', message: '12' }],
    ['a function', function pay() {}, { name: 'function', message: 'Thrown function pay' }],
    ['an object', { a: 1 }, { name: 'object', message: 'Thrown object with a', fields: { a: '1' } }],
    [
      'an object without prototype',
      Object.assign(Object.create(null), { a: 1 }),
      { name: 'object', message: 'Thrown object with a', fields: { a: '1' } },
    ],
  ])('serialises %s', (_, value, expected) => {
    expect(serializeError(value)).toEqual(expected)
  })

  it('cuts circles and says so', () => {
    const error: Error & { self?: unknown } = new Error('a')
    error.cause = new Error('b', { cause: error })
    error.self = error

    const serialized = serializeError(error)

    expect(serialized.cause?.cut).toBe('cycle')
    expect(serialized.fields?.['self']).toBe('Error: a')
  })

  it('follows 8 causes and cuts the ninth', () => {
    let error = new Error('0')
    for (let i = 1; i <= 9; i++) error = new Error(String(i), { cause: error })

    let link = serializeError(error)
    let depth = 0
    for (; link.cause !== undefined; depth++) link = link.cause

    expect(depth).toBe(8)
    expect(link.cut).toBe('depth')
  })

  it('keeps 8 members of an AggregateError', () => {
    const error = new AggregateError(
      Array.from({ length: 9 }, (_, i) => new Error(String(i))),
      'all',
    )

    const serialized = serializeError(error)

    expect(serialized.errors?.map(({ message }) => message)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    expect(serialized.cut).toBe('depth')
  })

  it('reads on when a getter throws, and does not call toJSON', () => {
    const error = Object.defineProperties(new Error('x'), {
      bad: { enumerable: true, get: fail },
      toJSON: { value: fail },
    })

    expect(serializeError(error).fields).toEqual({ bad: '[unreadable]' })
  })

  it('gives something for a revoked proxy, also as a cause and as a field', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const error = Object.assign(new Error('x', { cause: proxy }), { proxy })

    expect(serializeError(proxy).message).toBe('Unreadable object')
    expect(serializeError(error)).toMatchObject({ message: 'x', fields: { proxy: '[unreadable]' } })
  })

  it('cuts what is long', () => {
    const fields = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`k${String(i)}`, 'y'.repeat(2_000)]),
    )
    const error = Object.assign(new Error('x'.repeat(100_000)), { stack: 's'.repeat(100_000) })
    const wide = Object.assign(new Error('x'), { stack: '' }, fields)

    const serialized = serializeError(error)
    const values = Object.values(serializeError(wide).fields ?? {})

    expect(serialized.message.length).toBe(2_000)
    expect(serialized.stack?.length).toBe(16_000)
    expect(values.length).toBe(50)
    expect(new Set(values.map(({ length }) => length))).toEqual(new Set([1_000]))
  })

  it('keeps no more than 64,000 characters of text in all', () => {
    let error: Error = new Error('0')
    for (let i = 0; i < 8; i++)
      error = Object.assign(new Error('m'.repeat(5_000), { cause: error }), { stack: 's'.repeat(50_000) })

    expect(JSON.stringify(serializeError(error)).length).toBeLessThan(serializeDefaults.textLength + 2_000)
  })

  it('scrubs messages, stacks and fields, also nested ones and those under a secret name', () => {
    const error = Object.assign(new Error('password=hunter2'), {
      config: { headers: { authorization: 'Bearer hunter2hunter2' }, url: 'https://u:hunter2@h/' },
      token: 'hunter2',
    })

    const text = JSON.stringify(serializeError(error, { scrubber: createScrubber() }))

    expect(text).not.toContain('hunter2')
    expect(text).toContain('[redacted]')
  })

  it('leaves no half of a secret where it cuts', () => {
    const error = new Error(`${'x'.repeat(1_995)} eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcdefgh`)

    expect(serializeError(error, { scrubber: createScrubber() }).message.slice(1_990)).toBe('xxxxx [red')
  })

  it('never throws, and gives bounded JSON, for anything', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withSparseArray: true,
          withTypedArray: true,
        }),
        (value) => {
          const serialized = serializeError(value)
          expect(JSON.parse(JSON.stringify(serialized))).toEqual(serialized)
          expect(JSON.stringify(serialized).length).toBeLessThan(500_000)
        },
      ),
    )
  })

  it('never throws for an error that carries anything as its parts', () => {
    fc.assert(
      fc.property(
        fc.record({
          name: fc.anything(),
          message: fc.anything(),
          stack: fc.anything(),
          code: fc.anything(),
          cause: fc.anything(),
          errors: fc.anything(),
        }),
        (parts) => {
          const serialized = serializeError(
            Object.defineProperties(new Error('x'), Object.getOwnPropertyDescriptors(parts)),
          )
          expect(JSON.parse(JSON.stringify(serialized))).toEqual(serialized)
        },
      ),
    )
  })
})

describe('deserializeError()', () => {
  it('gives errors that serialise to the same data again', () => {
    const error = Object.assign(new Error('outer', { cause: new TypeError('inner') }), {
      code: 'E_X',
      status: 409,
      orderId: 7,
    })
    error.cause = Object.assign(new AggregateError([new RangeError('a'), 'b'], 'many'), { cause: error })
    const serialized = serializeError(error)

    const copy = deserializeError(serialized)

    expect(serializeError(copy)).toEqual(serialized)
    expect(copy).toBeInstanceOf(Error)
    expect(copy.cause).toBeInstanceOf(AggregateError)
  })

  it('round-trips what was serialised of anything', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.integer(), fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.jsonValue())),
        (value) => {
          const serialized = serializeError(value)
          expect(serializeError(deserializeError(serialized))).toEqual(serialized)
        },
      ),
    )
  })
})

function fail(): never {
  throw new Error('must not be called')
}
