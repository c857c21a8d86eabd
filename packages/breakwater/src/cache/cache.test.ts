import { expect, it } from 'vitest'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { createRuntime } from '../runtime/runtime.ts'
import { cache } from './cache.ts'
import type { Cache } from './cache-api.ts'
import type { CacheOptions } from './cache-options.ts'

interface Bench {
  readonly clock: FakeClock
  readonly policy: Cache
  /** Calls with a key; the answer is what `next` says. */
  readonly ask: (key?: string) => Promise<unknown>
  next: () => unknown
  runs: number
}

function setUp(options: CacheOptions): Bench {
  const clock = new FakeClock()
  const policy = cache(options)
  const asked = pipeline({ operation: 'prices', policies: [policy], clock })
  const bench: Bench = {
    clock,
    policy,
    runs: 0,
    next: () => `answer ${bench.runs}`,
    ask: (key) => {
      const work = (): unknown => {
        bench.runs++
        return bench.next()
      }
      return asked.run(work, key === undefined ? {} : { key })
    },
  }
  return bench
}

const down = (): never => {
  throw new Error('down')
}

it('cache() gives a fresh answer again until the last millisecond of its time', async () => {
  const bench = setUp({ ttlMs: 100 })
  await bench.ask('a')
  await bench.clock.advance(99)
  expect(await bench.ask('a')).toBe('answer 1')
  await bench.clock.advance(1)
  expect(await bench.ask('a')).toBe('answer 2')

  expect([bench.policy.hits, bench.policy.misses]).toEqual([1, 2])
})

it('cache() gives the last good answer when the call fails, until the hour is over', async () => {
  const bench = setUp({})
  await bench.ask('a')
  bench.next = down
  await bench.clock.advance(3_599_999)
  expect(await bench.ask('a')).toBe('answer 1')
  await bench.clock.advance(1)

  await expect(bench.ask('a')).rejects.toThrow('down')
  expect(bench.policy.stale).toBe(1)
})

it('cache() gives a stale answer at once while one new answer is fetched behind it', async () => {
  const bench = setUp({ ttlMs: 100, staleWhileRevalidateMs: 50 })
  await bench.ask('a')
  await bench.clock.advance(120)
  bench.next = () => bench.clock.sleep(10).then(() => 'new')

  expect(await bench.ask('a')).toBe('answer 1')
  expect(await bench.ask('a')).toBe('answer 1')
  await bench.clock.advance(10)
  expect(await bench.ask('a')).toBe('new')
  expect(bench.runs).toBe(2)
  bench.clock.expectIdle()
})

it('cache() tells when the answer behind a stale one could not be fetched, and tries again', async () => {
  const events: unknown[] = []
  const bench = setUp({ ttlMs: 0, staleWhileRevalidateMs: 500, onEvent: (event) => events.push(event.type) })
  await bench.ask('a')
  bench.next = down
  await bench.clock.advance(10)
  await bench.ask('a')
  await bench.clock.settle()
  await bench.ask('a')
  await bench.clock.settle()

  expect(events).toEqual(['StaleServed', 'RevalidationFailed', 'StaleServed', 'RevalidationFailed'])
})

it('cache() keeps the answers of two keys and two operations apart, and caches nothing without a key', async () => {
  const clock = new FakeClock()
  const shared = cache({ ttlMs: 1_000 })
  const first = pipeline({ operation: 'first', policies: [shared], clock })
  const second = pipeline({ operation: 'second', policies: [shared], clock })
  await first.run(() => 'a', { key: '1' })

  expect(await first.run(() => 'b', { key: '2' })).toBe('b')
  expect(await second.run(() => 'c', { key: '1' })).toBe('c')
  expect(await first.run(() => 'd')).toBe('d')
  expect(await first.run(() => 'e')).toBe('e')
  expect(shared.size).toBe(3)
})

it('cache() answers for an open circuit further in, and the runtime counts who spared the user', async () => {
  const clock = new FakeClock()
  const bw = createRuntime({ service: 'shop', clock })
  const breaker = circuitBreaker({ consecutiveFailures: 1, clock })
  const prices = bw.pipeline({ operation: 'prices', policies: [cache(), breaker] })
  await prices.run(() => 'good', { key: 'a' })
  await prices.run(() => Promise.reject(new Error('down')), { key: 'a' })

  expect(await prices.run(() => 'not run', { key: 'a' })).toBe('good')
  expect(bw.collect().operations[0]).toMatchObject({ calls: 3, successes: 3, sparedByCache: 2, attempts: 2 })
})

it('cache() passes the failures on that it is told not to answer for', async () => {
  const bench = setUp({ when: (error) => error instanceof RangeError })
  await bench.ask('a')
  bench.next = down

  await expect(bench.ask('a')).rejects.toThrow('down')
})

it('cache() forgets the answer used longest ago when it is full, and counts it', async () => {
  const bench = setUp({ ttlMs: 1_000, maxEntries: 2 })
  await bench.ask('a')
  await bench.ask('b')
  await bench.ask('a')
  await bench.ask('c')

  expect(await bench.ask('a')).toBe('answer 1')
  expect(await bench.ask('b')).toBe('answer 4')
  expect(bench.policy.stats().counters).toMatchObject({ evicted: 2 })
})

it('cache() forgets what it is told to', async () => {
  const bench = setUp({ ttlMs: 1_000 })
  await bench.ask('a')
  await bench.ask('b')

  expect([bench.policy.delete('prices', 'a'), bench.policy.delete('prices', 'a')]).toEqual([true, false])
  bench.policy.clear()
  expect(bench.policy.size).toBe(0)
})
