import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { DiagnosedFailure } from './breaker-diagnosis.ts'

/** What a breaker that keeps so many failures says of these, newest first. */
function lastFailures(failuresKept: number, failures: readonly unknown[]): readonly DiagnosedFailure[] {
  const breaker = circuitBreaker({ failuresKept, clock: new FakeClock() })
  for (const failure of failures) breaker.recordFailure(failure)
  return breaker.diagnose().lastFailures
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

describe('circuitBreaker().diagnose().lastFailures', () => {
  it('are the last different failures, as many as are kept, newest first', () => {
    const failures = ['one', 'two', 'one', 'three'].map((message) => new Error(message))

    const kept = lastFailures(2, failures)

    expect(kept.map(({ message, count }) => `${message} ${count}`)).toEqual(['three 1', 'one 2'])
  })

  it('are each kept once, with how often and when they were last seen', async () => {
    const clock = new FakeClock({ epochMs: 1_000_000 })
    const breaker = circuitBreaker({ clock })
    for (const message of ['one', 'two', 'two', 'one']) {
      await clock.advance(10)
      breaker.recordFailure(new Error(message))
    }

    const { lastFailures: kept } = breaker.diagnose()

    expect(kept).toEqual([
      { name: 'Error', message: 'one', count: 2, at: 1_000_040 },
      { name: 'Error', message: 'two', count: 2, at: 1_000_030 },
    ])
  })

  it('are different when either the name or the message is', () => {
    const failures = [named('A', 'x'), named('B', 'x'), named('B', 'y'), named('A', 'x'), named('B', 'y')]

    const kept = lastFailures(5, failures)

    expect(kept.map(({ name, message, count }) => `${name} ${message} ${count}`)).toEqual([
      ...['B y 2', 'A x 2', 'B x 1'],
    ])
  })

  it('are five when nobody says how many', () => {
    const breaker = circuitBreaker({ clock: new FakeClock() })
    for (let i = 0; i < 6; i++) breaker.recordFailure(new Error(`${i}`))

    const kept = breaker.diagnose().lastFailures

    expect(kept.map(({ message }) => message)).toEqual(['5', '4', '3', '2', '1'])
  })

  it('are none when none is kept', () => {
    expect(lastFailures(0, [new Error('x')])).toEqual([])
  })

  it.each([
    ['x'.repeat(200), 'x'.repeat(200)],
    ['x'.repeat(201), 'x'.repeat(200)],
    [`${'x'.repeat(199)}😀`, `${'x'.repeat(199)}\uFFFD`],
  ])('have a message of at most 200 characters, none of them halved', (message, expected) => {
    const [failure] = lastFailures(1, [new Error(message)])

    expect(failure?.message).toBe(expected)
  })

  it('have a name of at most 100 characters', () => {
    const [failure] = lastFailures(1, [named('N'.repeat(101), 'x')])

    expect(failure?.name).toBe('N'.repeat(100))
  })

  it.each([
    ['a text', 'string', 'a text'],
    [undefined, 'undefined', 'undefined'],
    [{ toString: (): string => 'an object' }, 'object', 'an object'],
  ])('name the type of what is no error: %s', (thrown, name, message) => {
    expect(lastFailures(1, [thrown])).toMatchObject([{ name, message }])
  })

  it('are read as far as they can be', () => {
    const trap = (): never => {
      throw new Error('trap')
    }
    const hostile = new Proxy(new Error('x'), { get: trap, getPrototypeOf: trap })

    expect(lastFailures(1, [hostile])).toMatchObject([{ name: 'object', message: 'cannot be read' }])
  })
})
