import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryHint } from './retry-after.ts'

/** Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110. */
const rfcDate = Date.UTC(1994, 10, 6, 8, 49, 37)

function hintOf(headers: unknown, epochNow = 0): unknown {
  return retryHint({ headers }, epochNow)
}

describe('retryHint()', () => {
  it.each([
    ['3', 3_000],
    ['0', 0],
    ['1.5', 1_500],
    [' 7 ', 7_000],
    [7, 7_000],
    [['7', '8'], 7_000],
    ['-1', undefined],
    ['', undefined],
    ['soon', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['Infinity', undefined],
    ['1'.repeat(65), undefined],
    [undefined, undefined],
    [null, undefined],
    [{}, undefined],
  ])('Retry-After: %o is %s ms', (value, expected) => {
    expect(hintOf({ 'retry-after': value })).toBe(expected)
  })

  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'reads the HTTP date %s',
    (date) => {
      expect(hintOf({ 'retry-after': date }, rfcDate - 2_000)).toBe(2_000)
    },
  )

  it.each([
    [1, 1],
    [0, undefined],
    [-1, undefined],
  ])('a date %i ms from now is %s', (offset, expected) => {
    expect(hintOf({ 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, rfcDate - offset)).toBe(expected)
  })

  it.each(['Sunny, some day GMT', '2026-01-01', 'Nov 6 1994'])(
    'ignores %s, which is no HTTP date',
    (date) => {
      expect(hintOf({ 'retry-after': date }, 0)).toBe(undefined)
    },
  )

  it.each([
    ['retry-after-ms', '250'],
    ['x-ms-retry-after-ms', '250'],
    ['grpc-retry-pushback-ms', '250'],
  ])('%s counts in milliseconds', (name, value) => {
    expect(hintOf({ [name]: value })).toBe(250)
  })

  it('takes the more precise of several, and the next when one is garbage', () => {
    expect(hintOf({ 'retry-after': '1', 'retry-after-ms': '900' })).toBe(900)
    expect(hintOf({ 'retry-after': '1', 'retry-after-ms': '-900' })).toBe(1_000)
  })

  it.each(['-1', 'no', '1.5'])('a gRPC pushback of %s says not to come back', (value) => {
    expect(hintOf({ 'grpc-retry-pushback-ms': value })).toBe('never')
  })

  it.each([
    ['Headers', { headers: new Headers({ 'Retry-After': '2' }) }],
    ['a plain object', { headers: { 'Retry-After': '2' } }],
    ['the headers of its response', { response: { headers: new Headers({ 'retry-after': '2' }) } }],
    ['the headers of an AWS response', { $response: { headers: { 'retry-after': '2' } } }],
    ['gRPC metadata', { metadata: { get: (name: string) => (name === 'retry-after' ? ['2'] : []) } }],
    ['a Map', { headers: new Map([['retry-after', '2']]) }],
    ['retryAfterMs', { retryAfterMs: 2_000, headers: { 'retry-after': '9' } }],
  ])('looks into %s', (_, error) => {
    expect(retryHint(error, 0)).toBe(2_000)
  })

  it.each([-1, NaN, Infinity, '2000'])('ignores a retryAfterMs of %s', (retryAfterMs) => {
    expect(retryHint({ retryAfterMs, headers: { 'retry-after': '2' } }, 0)).toBe(2_000)
  })

  it('says nothing of errors that throw when they are read', () => {
    const thrower = new Proxy(
      {},
      {
        get: () => {
          throw new Error('hostile')
        },
        ownKeys: () => {
          throw new Error('hostile')
        },
      },
    )

    expect([retryHint(thrower, 0), retryHint({ headers: thrower }, 0)]).toEqual([undefined, undefined])
  })

  it('whatever is thrown, gives a finite number that is not negative, never, or nothing', () => {
    const text = fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String))
    const name = fc.constantFrom('retry-after', 'Retry-After-Ms', 'grpc-retry-pushback-ms')
    const error = fc.oneof(
      fc.anything(),
      fc.record({ headers: fc.dictionary(name, text) }),
      fc.record({ retryAfterMs: fc.double() }),
    )
    const property = fc.property(error, (thrown) => {
      const hint = retryHint(thrown, rfcDate)
      return hint === undefined || hint === 'never' || (hint >= 0 && Number.isFinite(hint))
    })

    fc.assert(property, { numRuns: 1_000 })
  })
})
