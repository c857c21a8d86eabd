import { describe, expect, it } from 'vitest'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { errorIs } from './error-is.ts'
import type { ErrorMatcher } from './error-matcher.ts'

class ConnectionError extends Error {}

const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' })

describe('errorIs()', () => {
  it('means errors by class, by name, by code and by a question', () => {
    const isMeant = errorIs(ConnectionError, 'ECONNRESET', (error) => error === 42)

    expect([new ConnectionError(), reset, 42].map(isMeant)).toEqual([true, true, true])
    expect([new Error('other'), 43, undefined].map(isMeant)).toEqual([false, false, false])
  })

  it('tells a breaker which errors are failures', async () => {
    const breaker = circuitBreaker({ consecutiveFailures: 1, isFailure: errorIs(ConnectionError) })

    await breaker.run(() => Promise.reject(new Error('bad request'))).catch(() => undefined)
    const before = breaker.state
    await breaker.run(() => Promise.reject(new ConnectionError())).catch(() => undefined)

    expect([before, breaker.state]).toEqual(['closed', 'open'])
  })

  it.each<[string, unknown[]]>([
    ['undefined', []],
    ['null', ['ECONNRESET', null]],
    ['5', [5]],
  ])('refuses %s', (shown, matchers) => {
    expect(() => errorIs(...(matchers as ErrorMatcher[]))).toThrow(`current value is ${shown}`)
  })
})
