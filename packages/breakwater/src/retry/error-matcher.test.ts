import { describe, expect, it } from 'vitest'
import { isAnyOf } from './error-matcher.ts'

class ConnectionError extends Error {}
const lost = new ConnectionError('lost')
const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' })

describe('isAnyOf()', () => {
  it.each([
    ['its class', ConnectionError, lost, true],
    ['a class above', Error, lost, true],
    ['another class', TypeError, lost, false],
    ['the name of its class', 'ConnectionError', lost, true],
    ['its name', 'TypeError', { name: 'TypeError' }, true],
    ['its code', 'ECONNRESET', reset, true],
    ['another code', 'EPIPE', reset, false],
    ['a question that says yes', (error: unknown) => error === reset, reset, true],
    ['a question that says no', () => false, reset, false],
    ['a name, asked of a string', 'ConnectionError', 'ConnectionError', false],
    ['a class, asked of null', Error, null, false],
  ])('%s', (_, matcher, error, expected) => {
    expect(isAnyOf([matcher], error)).toBe(expected)
  })

  it('needs one of several', () => {
    expect(isAnyOf(['EPIPE', ConnectionError], lost)).toBe(true)
    expect(isAnyOf([], lost)).toBe(false)
  })
})
