import { describe, expect, it } from 'vitest'
import type { CircuitEvent } from '../circuit-breaker/circuit-breaker-events.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { createRuntime } from '../runtime/runtime.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { KeyedCircuitBreaker } from './keyed-breaker-api.ts'
import type { CircuitKeyEvent } from './keyed-breaker-events.ts'
import { keyedCircuitBreakerDefaults, type KeyedCircuitBreakerOptions } from './keyed-breaker-options.ts'
import { keyedCircuitBreaker } from './keyed-circuit-breaker.ts'

const broken = new Error('broken')

interface Scene {
  readonly breaker: KeyedCircuitBreaker
  readonly clock: FakeClock
  readonly events: CircuitEvent[]
  readonly keyEvents: CircuitKeyEvent[]
}

/** A keyed breaker whose keys open at the first failure for 100 ms. */
function scene(options: KeyedCircuitBreakerOptions = {}): Scene {
  const clock = new FakeClock()
  const [events, keyEvents]: [CircuitEvent[], CircuitKeyEvent[]] = [[], []]
  const breaker = keyedCircuitBreaker({
    ...{ name: 'hosts', consecutiveFailures: 1, openMs: 100, jitter: 0, clock, ...options },
    onEvent: (event) => events.push(event),
    onKeyEvent: (event) => keyEvents.push(event),
  })
  return { breaker, clock, events, keyEvents }
}

function fail(breaker: KeyedCircuitBreaker, keys: string): void {
  for (const key of keys) breaker.tryAcquire(key)?.fail(broken)
}

describe('keyedCircuitBreaker()', () => {
  it("one key's failures open one key's circuit", async () => {
    const { breaker } = scene()
    await breaker.run(() => Promise.reject(broken), { key: 'a' }).catch(() => undefined)

    const other = breaker.run(() => 'fine', { key: 'b' })

    await expect(other).resolves.toBe('fine')
    await expect(breaker.run(() => 'refused', { key: 'a' })).rejects.toThrow(
      "Circuit 'hosts' is open: a call failed",
    )
  })

  it('asks keyOf for the key, with what the call was given', async () => {
    const { breaker } = scene({ keyOf: ({ args: [url], operation }) => `${operation} ${String(url)}` })
    const work = pipeline({ operation: 'post', policies: [breaker] })

    await work.run(() => Promise.reject(broken), { args: ['x'] }).catch(() => undefined)

    expect(breaker.peek('post x')?.state).toBe('open')
  })

  it('a keyOf that throws, or gives no string, fails the call with that', async () => {
    const { breaker } = scene({ keyOf: ({ key }) => (key === 'x' ? (7 as unknown as string) : never()) })
    const never = (): never => {
      throw broken
    }

    await expect(breaker.run(() => 1)).rejects.toBe(broken)
    await expect(breaker.run(() => 1, { key: 'x' })).rejects.toThrow('its key must be a string')
    expect([breaker.keys, breaker.admitted]).toEqual([0, 0])
  })

  it("a call without a key has the key ''", async () => {
    const { breaker } = scene()
    const work = pipeline({ operation: 'post', policies: [breaker] })

    await work.run(() => 1)
    breaker.tryAcquire()

    expect([breaker.keys, breaker.peek('')?.admitted]).toEqual([1, 2])
  })

  it('takes a key of 1,024 characters', () => {
    const { breaker } = scene()

    expect(breaker.tryAcquire('x'.repeat(1_024))).toBeDefined()
  })

  it('refuses a key of 1,025 characters', () => {
    const { breaker } = scene()

    expect(() => breaker.tryAcquire('x'.repeat(1_025))).toThrow('at most 1024 characters')
  })

  it('events name their key', async () => {
    const { breaker, clock, events } = scene()
    fail(breaker, 'a')
    await clock.advance(100)

    breaker.tryAcquire('a')?.succeed()

    const of = { policy: 'hosts', key: 'a' }
    expect(events).toEqual([
      { type: 'CircuitOpened', ...of, reason: 'a call failed', openMs: 100 },
      { type: 'CircuitHalfOpened', ...of },
      { type: 'CircuitClosed', ...of, afterMs: 100 },
    ])
  })

  it('asks once for each key what is different for it', () => {
    const asked: string[] = []
    const { breaker } = scene({
      optionsOf: (key) => {
        asked.push(key)
        return key === 'b' ? { consecutiveFailures: 2 } : undefined
      },
    })

    fail(breaker, 'aab')
    const afterOne = breaker.peek('b')?.state
    fail(breaker, 'b')

    expect([asked, breaker.peek('a')?.state]).toEqual([['a', 'b'], 'open'])
    expect([afterOne, breaker.peek('b')?.state]).toEqual(['closed', 'open'])
  })

  it('the outcome of a call whose key has left meanwhile counts for nobody', () => {
    const { breaker } = scene({ maxKeys: 1 })
    const permit = breaker.tryAcquire('a')
    breaker.tryAcquire('b')
    breaker.tryAcquire('a')

    permit?.fail(broken)

    expect(breaker.peek('a')?.state).toBe('closed')
  })
})

describe('keyedCircuitBreaker({ maxKeys, idleMs, onFull })', () => {
  it('closed keys make room silently, and are counted', () => {
    const { breaker, keyEvents } = scene({ maxKeys: 2 })
    ;[...'abcd'].forEach((key) => breaker.tryAcquire(key)?.succeed())

    expect([breaker.keys, breaker.stats().counters['evicted'], keyEvents]).toEqual([2, 2, []])
  })

  it('an open key makes no room; one that was not used for long leaves, and that is said', async () => {
    const { breaker, clock, keyEvents } = scene({ maxKeys: 2, idleMs: 1_000 })
    fail(breaker, 'a')
    ;[...'bcd'].forEach((key) => breaker.tryAcquire(key))
    const before = breaker.peek('a')?.state
    await clock.advance(2_000)

    breaker.tryAcquire('d')

    expect([before, breaker.stats().counters['evictedInTrouble']]).toEqual(['open', 1])
    expect(keyEvents).toEqual([
      { type: 'CircuitKeyEvicted', policy: 'hosts', key: 'a', state: 'half-open', idleMs: 1_000 },
    ])
  })

  it('when all keys are in trouble new ones share a breaker, which is said once and counted', () => {
    const { breaker, keyEvents } = scene({ maxKeys: 2 })
    fail(breaker, 'ab')

    fail(breaker, 'c')
    const shared = breaker.tryAcquire('d')

    expect([shared, breaker.keys, breaker.stats().counters['overflowed']]).toEqual([undefined, 2, 2])
    expect(keyEvents).toEqual([{ type: 'CircuitKeysExhausted', policy: 'hosts', maxKeys: 2 }])
  })

  it("or are refused, with onFull 'reject'", async () => {
    const { breaker } = scene({ maxKeys: 1, onFull: 'reject' })
    fail(breaker, 'a')

    const call = breaker.run(() => 1, { key: 'b' })

    await expect(call).rejects.toThrow('there is no room for another key, as all 1 are in trouble')
    expect(() => breaker.at('b')).toThrow('there is no room')
  })

  it('a key that recovers makes room again', async () => {
    const { breaker, clock } = scene({ maxKeys: 1 })
    fail(breaker, 'a')
    await clock.advance(100)
    breaker.tryAcquire('a')?.succeed()

    breaker.tryAcquire('b')?.succeed()

    expect([breaker.peek('a'), breaker.peek('b')?.state]).toEqual([undefined, 'closed'])
  })

  it('an isolated key makes no room', () => {
    const { breaker } = scene({ maxKeys: 1 })
    const hold = breaker.at('a').isolate('abuse')
    breaker.tryAcquire('b')
    const whileHeld = breaker.peek('a')?.override
    hold.release()

    breaker.tryAcquire('b')

    expect([whileHeld, breaker.peek('a')]).toEqual(['forced-open', undefined])
  })

  it("takes a breaker that all such keys share, 'overflow-key', when nothing else is said", () => {
    const { breaker } = scene({ maxKeys: 1, onFull: 'overflow-key' })
    fail(breaker, 'a')

    expect(breaker.tryAcquire('b')).toBeDefined()
    expect(keyedCircuitBreakerDefaults).toEqual({
      maxKeys: 100_000,
      idleMs: 600_000,
      onFull: 'overflow-key',
    })
  })

  it("the events of the breaker that such keys share name the key '(other)'", () => {
    const { breaker, events } = scene({ maxKeys: 1 })

    fail(breaker, 'ab')

    expect(events).toMatchObject([{ key: 'a' }, { type: 'CircuitOpened', key: '(other)' }])
  })

  it.each([
    [{ maxKeys: 0 }, "keyed circuit breaker as 'maxKeys' must be an integer >= 1 and <= 10000000"],
    [{ idleMs: 999 }, "keyed circuit breaker as 'idleMs' must be"],
    [{ onFull: 'drop' }, "keyed circuit breaker as 'onFull' must be one of reject, overflow-key"],
    [{ keyOf: 1 }, "keyed circuit breaker as 'keyOf' must be a function"],
    [{ optionsOf: 1 }, "keyed circuit breaker as 'optionsOf' must be a function"],
    [{ onEvent: 1 }, "keyed circuit breaker as 'onEvent' must be a function"],
    [{ onKeyEvent: 1 }, "keyed circuit breaker as 'onKeyEvent' must be a function"],
    [{ consecutiveFailures: 0 }, "circuit breaker as 'consecutiveFailures' must be"],
  ])('refuses %j', (options, message) => {
    expect(() => keyedCircuitBreaker(options as KeyedCircuitBreakerOptions)).toThrow(message)
  })
})

describe('a runtime with a keyed breaker', () => {
  it('reports it as one policy, its events with their keys, and takes orders for all keys', () => {
    const runtime = createRuntime({ service: 'shop', clock: new FakeClock() })
    const breaker = runtime.keyedCircuitBreaker('hosts', { consecutiveFailures: 1 })
    fail(breaker, 'ab')
    const order = {
      service: 'shop',
      policy: 'hosts',
      mode: 'forced-open',
      reason: 'drill',
      by: 'me',
      at: 1,
    } as const

    runtime.applyControl({ revision: 1, overrides: [order] })
    const { policies, events } = runtime.collect()

    expect(policies).toMatchObject([{ kind: 'circuit-breaker', name: 'hosts', gauges: { keysInTrouble: 2 } }])
    expect(events.map(({ message }) => message)).toEqual([
      'hosts [a]: circuit opened (a call failed)',
      'hosts [b]: circuit opened (a call failed)',
      'hosts: set to forced-open (drill)',
    ])
    expect(breaker.tryAcquire('z')).toBeUndefined()
  })
})
