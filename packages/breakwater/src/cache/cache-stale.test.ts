import { expect, it } from 'vitest'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { coalescing } from '../coalescing/coalescing.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { Policy } from '../pipeline/policy.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { cache } from './cache.ts'
import type { CacheEvent } from './cache-events.ts'
import type { CacheOptions } from './cache-options.ts'

const down = new Error('down')

function setUp(options: CacheOptions, ...inner: readonly Policy[]) {
  const clock = new FakeClock()
  const events: CacheEvent[] = []
  const policy = cache({ ...options, onEvent: (event) => events.push(event) })
  const line: Pipeline = pipeline({ operation: 'prices', policies: [policy, ...inner], clock })
  const give = (value: string, key = 'a'): Promise<string> => line.run(() => value, { key })
  const fail = (key = 'a'): Promise<unknown> => line.run(() => Promise.reject(down), { key })
  return { clock, events, policy, line, give, fail }
}

it('cache() tells of a stale answer how old it is, and what the call failed with', async () => {
  const { clock, events, give, fail } = setUp({})
  await clock.advance(1_000)
  await give('good')
  await clock.advance(3_599_999)

  expect(await fail()).toBe('good')
  expect(events).toEqual([
    {
      ...{ type: 'StaleServed', policy: 'cache', operation: 'prices' },
      ...{ ageMs: 3_599_999, because: 'error', error: down },
    },
  ])
})

it('cache() tells of a stale answer that a new one is fetched, and what that failed with', async () => {
  const { clock, events, give, fail } = setUp({ ttlMs: 50, staleWhileRevalidateMs: 50 })
  await clock.advance(1_000)
  await give('good')
  await clock.advance(60)

  expect(await fail()).toBe('good')
  await clock.settle()
  expect(events).toEqual([
    {
      ...{ type: 'StaleServed', policy: 'cache', operation: 'prices' },
      ...{ ageMs: 60, because: 'revalidation', error: undefined },
    },
    { type: 'RevalidationFailed', policy: 'cache', operation: 'prices', error: down },
  ])
})

it.each([
  [49, { hits: 1, stale: 0, misses: 1 }],
  [50, { hits: 0, stale: 1, misses: 1 }],
  [79, { hits: 0, stale: 1, misses: 1 }],
  [80, { hits: 0, stale: 0, misses: 2 }],
])(
  'cache() counts an answer asked for after %i ms of ttlMs 50 and staleWhileRevalidateMs 30: %o',
  async (ms, counts) => {
    const { clock, policy, give } = setUp({ ttlMs: 50, staleWhileRevalidateMs: 30 })
    await give('first')
    await clock.advance(ms)

    await give('second')

    expect(policy.stats()).toEqual({ counters: { ...counts, evicted: 0 }, gauges: { size: 1 } })
  },
)

it('cache() gives a stale answer for errors until staleIfErrorMs after ttlMs, and no longer', async () => {
  const { clock, give, fail } = setUp({ ttlMs: 50, staleIfErrorMs: 100 })
  await clock.advance(1_000)
  await give('good')
  await clock.advance(149)
  const last = await fail()
  await clock.advance(1)

  expect(last).toBe('good')
  await expect(fail()).rejects.toBe(down)
})

it('cache() asks when() about the error of a refusal, and tells of it', async () => {
  const clock = new FakeClock()
  const breaker = circuitBreaker({ name: 'db', consecutiveFailures: 1, clock })
  const asked: unknown[] = []
  const { events, give, fail } = setUp({ when: (error) => asked.push(error) > 0 }, breaker)
  await give('good')
  await fail()

  expect(await fail()).toBe('good')
  expect(asked).toMatchObject([down, { name: 'CircuitOpenError', code: 'CIRCUIT_OPEN', policy: 'db' }])
  expect(events.map((event) => event.type === 'StaleServed' && event.error)).toEqual(asked)
})

it('cache() keeps nothing of a call that fails, and has no answer for it', async () => {
  const { events, policy, fail } = setUp({ ttlMs: 1_000 })

  await expect(fail()).rejects.toBe(down)
  await expect(fail()).rejects.toBe(down)
  expect([policy.size, policy.misses, policy.stale, events]).toEqual([0, 2, 0, []])
})

it('cache() gives no stale answer to a caller that has aborted', async () => {
  const caller = new AbortController()
  let isLast = false
  const keyOf = (): undefined => void (isLast && caller.abort('gone'))
  const { policy, line, give } = setUp({}, coalescing(), cache({ keyOf }))
  await give('good')
  isLast = true

  const outcome = await line.tryRun(() => 'not run', { key: 'a', signal: caller.signal })

  expect(outcome).toEqual({ ok: false, error: 'gone' })
  expect(policy.stale).toBe(0)
})

it('cache() that is full keeps the answer that came last, though its key was known longest', async () => {
  const { clock, policy, line, give } = setUp({ maxEntries: 2 })
  await give('a1', 'a')
  await give('b1', 'b')
  const slow = line.run(() => clock.sleep(10).then(() => 'a2'), { key: 'a' })
  await give('b2', 'b')
  await clock.advance(10)
  await slow

  await give('c1', 'c')

  expect(['a', 'b', 'c'].map((key) => policy.peek('prices', key)?.value)).toEqual(['a2', undefined, 'c1'])
})

it('cache() tells a listener until it leaves', async () => {
  const { policy, give, fail } = setUp({})
  const ages: string[] = []
  const leave = policy.on(({ type }) => ages.push(type))
  await give('good')
  await fail()
  leave()
  await fail()

  expect([ages, policy.stale]).toEqual([['StaleServed'], 2])
})

it('peek() says how old an answer is, at any time of the clock', async () => {
  const { clock, policy, give } = setUp({ ttlMs: 50 })
  await clock.advance(1_000)
  await give('good')
  await clock.advance(30)

  expect(policy.peek('prices', 'a')).toEqual({ value: 'good', ageMs: 30, isStale: false })
})
