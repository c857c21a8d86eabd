import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { KeyedCircuitBreaker } from './keyed-breaker-api.ts'
import type { KeyedCircuitBreakerOptions } from './keyed-breaker-options.ts'
import type { KeyedBreakerSnapshot } from './keyed-breaker-snapshot.ts'
import { keyedCircuitBreaker } from './keyed-circuit-breaker.ts'

function scene(options: KeyedCircuitBreakerOptions = {}): KeyedCircuitBreaker {
  return keyedCircuitBreaker({ consecutiveFailures: 1, clock: new FakeClock(), ...options })
}

/** A snapshot as it comes from a file, of a breaker whose keys a and b are open. */
function written(): KeyedBreakerSnapshot {
  const breaker = scene()
  for (const key of 'ab') breaker.tryAcquire(key)?.fail(new Error('broken'))
  breaker.tryAcquire('c')?.succeed()
  return JSON.parse(JSON.stringify(breaker.snapshot())) as KeyedBreakerSnapshot
}

describe('keyedCircuitBreaker().snapshot()', () => {
  it('holds the keys in trouble, and a new process goes on with them', () => {
    const restore = written()

    const next = scene({ restore })

    expect(restore.version).toBe(1)
    expect([next.keys, next.keysInTrouble]).toEqual([2, 2])
    expect([next.peek('a')?.state, next.peek('b')?.state]).toEqual(['open', 'open'])
  })

  it('of more keys than there is room for is restored as far as there is', () => {
    const next = scene({ restore: written(), maxKeys: 1 })

    expect([next.keys, next.peek('a')?.state, next.peek('b')]).toEqual([1, 'open', undefined])
  })

  it.each([
    [null, 'it has no keys'],
    [7, 'it has no keys'],
    [{ keys: 1 }, 'it has no keys'],
    [{ keys: [[1, {}]] }, 'a key is no string'],
    [{ keys: ['a'] }, 'a key is no string'],
    [{ keys: [{ 0: 'a', 1: {} }] }, 'a key is no string'],
  ])('that is none is refused: %j', (restore, because) => {
    expect(() => scene({ restore: restore as never })).toThrow(
      `Cannot restore keyed circuit breaker as its snapshot cannot be read: ${because}`,
    )
  })

  it('whose breaker is none is refused', () => {
    const restore = { version: 1, keys: [['a', {}]] }

    expect(() => scene({ restore: restore as never })).toThrow(
      'Cannot restore circuit breaker as its snapshot cannot be read: its version is undefined',
    )
  })
})
