import { describe, expect, it } from 'vitest'
import { isRetryable, neverLeft } from './retryable.ts'

const abort = new DOMException('gone', 'AbortError')

describe('isRetryable()', () => {
  it.each([
    ['a plain error', new Error('broken'), true],
    ['a string', 'broken', true],
    ['null', null, true],
    ['undefined', undefined, true],
    ['status 400', { status: 400 }, false],
    ['status 404', { statusCode: 404 }, false],
    ['status 408', { status: 408 }, true],
    ['status 425', { status: 425 }, true],
    ['status 429', { status: 429 }, true],
    ['status 500', { status: 500 }, true],
    ['status 501', { status: 501 }, false],
    ['status 503', { statusCode: 503 }, true],
    ['status 505', { status: 505 }, false],
    ['status 599', { status: 599 }, true],
    ['a status that is no error', { status: 200 }, true],
    ['a status that is no number', { status: '404' }, true],
    [
      'a broken network as fetch reports it',
      new TypeError('fetch failed', { cause: new Error('reset') }),
      true,
    ],
    ['a TypeError', new TypeError('x is not a function'), false],
    ['a RangeError', new RangeError('out of range'), false],
    ['a ReferenceError', new ReferenceError('x is not defined'), false],
    ['a SyntaxError', new SyntaxError('bad'), false],
    ['an abort', abort, false],
  ])('%s: %o → %s', (_, error, expected) => {
    expect(isRetryable(error)).toBe(expected)
  })
})

describe('neverLeft()', () => {
  it.each([
    ['ECONNREFUSED', true],
    ['ENOTFOUND', true],
    ['EAI_AGAIN', true],
    ['UND_ERR_CONNECT_TIMEOUT', true],
    ['ECONNRESET', false],
    ['ETIMEDOUT', false],
  ])('code %s → %s, on the error and on its cause', (code, expected) => {
    const error = Object.assign(new Error('broken'), { code })

    expect([neverLeft(error), neverLeft(new Error('outer', { cause: error }))]).toEqual([expected, expected])
  })

  it.each([undefined, null, 'ECONNREFUSED', new Error('no code'), { cause: null }])('%o → false', (error) => {
    expect(neverLeft(error)).toBe(false)
  })
})
