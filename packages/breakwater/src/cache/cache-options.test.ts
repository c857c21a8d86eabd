import { expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { cache } from './cache.ts'
import type { CacheOptions } from './cache-options.ts'

it.each([
  [{ ttlMs: -1 }, "'ttlMs' must be a number >= 0: current value is -1"],
  [{ staleWhileRevalidateMs: -1 }, "'staleWhileRevalidateMs' must be a number >= 0: current value is -1"],
  [{ staleIfErrorMs: NaN }, "'staleIfErrorMs' must be a number >= 0: current value is NaN"],
  [{ maxEntries: 0 }, "'maxEntries' must be an integer >= 1 and <= 10000000: current value is 0"],
  [
    { maxEntries: 10_000_001 },
    "'maxEntries' must be an integer >= 1 and <= 10000000: current value is 10000001",
  ],
  [{ maxEntries: 1.5 }, "'maxEntries' must be an integer >= 1 and <= 10000000: current value is 1.5"],
  [{ keyOf: 'x' }, "'keyOf' must be a function: current value is 'x'"],
  [{ when: true }, "'when' must be a function: current value is true"],
  [{ onEvent: 'log' }, "'onEvent' must be a function: current value is 'log'"],
  [{ ttl: 1 }, "'ttl' is not an option of it: the options are ttlMs, staleWhileRevalidateMs, staleIfErrorMs"],
])('cache() refuses %o by name and value', (options, message) => {
  expect(() => cache(options as object)).toThrow(`Cannot create cache as ${message}`)
})

it.each([
  { ttlMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0, maxEntries: 1 },
  { ttlMs: Infinity, staleWhileRevalidateMs: Infinity, staleIfErrorMs: Infinity, maxEntries: 10_000_000 },
])('cache() takes the ends of what is allowed: %o', (options) => {
  expect(cache(options).size).toBe(0)
})

it('cache() is called after its kind, or as it is told', () => {
  expect([cache().kind, cache().name]).toEqual(['cache', 'cache'])
  expect(cache({ name: 'rates' }).name).toBe('rates')
})

it('cache() leaves what is given as undefined to its default', async () => {
  const clock = new FakeClock()
  const policy = cache({ ttlMs: undefined, when: undefined } as object)
  const line = pipeline({ policies: [policy], clock })
  await line.run(() => 'good', { key: 'a' })

  const outcome = await line.tryRun(() => Promise.reject(new Error('down')), { key: 'a' })

  expect(outcome).toEqual({ ok: true, value: 'good' })
})

it('cache() by default keeps a thousand answers', async () => {
  const policy = cache()
  const line = pipeline({ policies: [policy] })
  for (let i = 0; i < 1_001; i++) await line.run(() => i, { key: `${i}` })

  expect(policy.stats()).toEqual({
    counters: { hits: 0, stale: 0, misses: 1_001, evicted: 1 },
    gauges: { size: 1_000 },
  })
})

it('cache() shows keyOf the operation, the arguments and the key, and no arguments when there are none', async () => {
  type KeyedCall = Parameters<NonNullable<CacheOptions['keyOf']>>[0]
  const seen: KeyedCall[] = []
  const keyOf = (call: KeyedCall): undefined => void seen.push(call)
  const line = pipeline({ operation: 'prices', policies: [cache({ keyOf })] })
  await line.run(() => 1)
  await line.run(() => 1, { key: '7', args: [7, 'x'] })

  expect(seen).toMatchObject([
    { operation: 'prices', args: [], key: undefined },
    { operation: 'prices', args: [7, 'x'], key: '7' },
  ])
})
