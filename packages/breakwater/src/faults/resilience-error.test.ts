import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it } from 'vitest'
import { isResilienceError } from './is-resilience-error.ts'
import { ResilienceError } from './resilience-error.ts'

const limitAtStart = Error.stackTraceLimit

afterEach(() => {
  Error.stackTraceLimit = limitAtStart
})

describe('ResilienceError', () => {
  it('has no stack frames by default', () => {
    const error = new ResilienceError('Circuit is open', { code: 'CIRCUIT_OPEN' })

    expect(error.stack).toBe('ResilienceError: Circuit is open')
    expect(error.code).toBe('CIRCUIT_OPEN')
  })

  it('has stack frames when asked', () => {
    const error = new ResilienceError('Circuit is open', { code: 'CIRCUIT_OPEN', stack: true })

    expect(error.stack).toContain('resilience-error.test.ts')
  })

  it('restores the stack trace limit', () => {
    Error.stackTraceLimit = 7

    new ResilienceError('Circuit is open', { code: 'CIRCUIT_OPEN' })

    expect(Error.stackTraceLimit).toBe(7)
  })

  it('works when the stack trace limit is not a number', () => {
    Reflect.deleteProperty(Error, 'stackTraceLimit')

    const error = new ResilienceError('Circuit is open', { code: 'CIRCUIT_OPEN' })

    expect(error.message).toBe('Circuit is open')
    expect('stackTraceLimit' in Error).toBe(false)
  })

  it('works when the stack trace limit cannot be written', () => {
    const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')
    Object.defineProperty(Error, 'stackTraceLimit', { value: 10, writable: false, configurable: true })

    const make = (): ResilienceError => new ResilienceError('Circuit is open', { code: 'CIRCUIT_OPEN' })

    expect(make).not.toThrow()
    Object.defineProperty(Error, 'stackTraceLimit', descriptor ?? { value: 10, writable: true })
  })

  it('keeps the name on the prototype, and the cause only when there is one', () => {
    const cause = new Error('connect refused')

    const bare = new ResilienceError('Circuit is open', { code: 'CIRCUIT_OPEN' })
    const caused = new ResilienceError('Circuit is open', { code: 'CIRCUIT_OPEN', cause })

    expect(Object.hasOwn(bare, 'name')).toBe(false)
    expect(Object.hasOwn(bare, 'cause')).toBe(false)
    expect(caused.cause).toBe(cause)
  })
})

describe('isResilienceError()', () => {
  it('knows a subclass', () => {
    class OpenError extends ResilienceError {}

    expect(isResilienceError(new OpenError('Open', { code: 'OPEN' }))).toBe(true)
  })

  it('knows an error of another copy of the library by its brand', () => {
    const foreign: unknown = runInNewContext(
      `const e = new Error('x'); e[Symbol.for('breakwater.ResilienceError')] = true; e`,
    )

    expect(isResilienceError(foreign)).toBe(true)
  })

  it('is false for other values, and for a revoked proxy', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()

    expect(isResilienceError(new Error('x'))).toBe(false)
    expect(isResilienceError(undefined)).toBe(false)
    expect(isResilienceError(proxy)).toBe(false)
  })
})
