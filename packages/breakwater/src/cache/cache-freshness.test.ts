import { expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { cache } from './cache.ts'
import type { CacheOptions } from './cache-options.ts'

function setUp(options: CacheOptions) {
  const clock = new FakeClock()
  const policy = cache(options)
  const line: Pipeline = pipeline({ operation: 'prices', policies: [policy], clock })
  const ask = (value: string, ms = 0, key = 'a'): Promise<string> =>
    line.run(() => clock.sleep(ms).then(() => value), { key })
  return { clock, policy, line, ask }
}

it('cache() does not keep an answer that was on its way when its key was deleted', async () => {
  const { clock, policy, ask } = setUp({ ttlMs: 100 })
  const answer = ask('from before the write', 10)

  policy.delete('prices', 'a')
  await clock.advance(10)

  expect(await answer).toBe('from before the write')
  expect(policy.size).toBe(0)
})

it('cache() does not keep the answers that were on their way when all were forgotten', async () => {
  const { clock, policy, ask } = setUp({ ttlMs: 100 })
  const answers = [ask('old', 10, 'a'), ask('old', 10, 'b')]

  policy.clear()
  await clock.advance(10)
  await Promise.all(answers)

  expect(policy.size).toBe(0)
})

it('cache() keeps the answer to a question that was asked after the key was deleted', async () => {
  const { clock, policy, ask } = setUp({ ttlMs: 100 })
  const before = ask('before', 20)
  policy.delete('prices', 'a')
  const after = ask('after', 10)

  await clock.advance(20)
  await Promise.all([before, after])

  expect(policy.peek('prices', 'a')?.value).toBe('after')
})

it('cache() takes no answer from before a deletion, also when a thousand other keys were deleted since', async () => {
  const { clock, policy, ask } = setUp({ ttlMs: 100 })
  const answer = ask('old', 10)

  policy.delete('prices', 'a')
  for (let i = 0; i < 1_000; i++) policy.delete('prices', `other ${i}`)
  await clock.advance(10)
  await answer

  expect(policy.size).toBe(0)
})

it('cache() does not replace an answer by one to an older question that came later', async () => {
  const { clock, policy, ask } = setUp({ ttlMs: 100 })
  const answers = [ask('asked first', 20), ask('asked second', 10)]

  await clock.advance(20)
  await Promise.all(answers)

  expect(policy.peek('prices', 'a')?.value).toBe('asked second')
})

it('peek() has the answer with its age, up to an hour or what it is told, and counts nothing', async () => {
  const { clock, policy, ask } = setUp({ ttlMs: 100 })
  void ask('answer')
  await clock.settle()

  expect(policy.peek('prices', 'a')).toEqual({ value: 'answer', ageMs: 0, isStale: false })
  await clock.advance(100)
  expect(policy.peek('prices', 'a', 99)).toBeUndefined()
  expect(policy.peek('prices', 'a', 100)).toEqual({ value: 'answer', ageMs: 100, isStale: true })
  await clock.advance(3_599_900)
  expect(policy.peek('prices', 'a')?.ageMs).toBe(3_600_000)
  await clock.advance(1)
  expect(policy.peek('prices', 'a')).toBeUndefined()
  expect(policy.peek('prices', 'b', Infinity)).toBeUndefined()
  expect([policy.hits, policy.stale, policy.misses]).toEqual([0, 0, 1])
})

it('peek() does not keep an answer from being the one that was used longest ago', async () => {
  const { clock, policy, ask } = setUp({ maxEntries: 2 })
  for (const key of ['a', 'b']) void ask(key, 0, key)
  await clock.settle()

  policy.peek('prices', 'a')
  void ask('c', 0, 'c')
  await clock.settle()

  expect(['a', 'b', 'c'].map((key) => policy.peek('prices', key)?.value)).toEqual([undefined, 'b', 'c'])
})

it('run() works without a pipeline, under the name of the cache', async () => {
  const policy = cache({ name: 'rates', ttlMs: 60_000 })

  const answers = [await policy.run(() => 1, { key: 'eur' }), await policy.run(() => 2, { key: 'eur' })]

  expect(answers).toEqual([1, 1])
  expect(policy.peek('rates', 'eur')?.value).toBe(1)
})

it('cache() fails the call with what keyOf throws, and what stands outside loses no slot', async () => {
  const broken = new Error('no key')
  const slots = bulkhead({ limit: 1 })
  const keyOf = (): string => {
    throw broken
  }

  const outcome = await pipeline({ policies: [slots, cache({ keyOf })] }).tryRun(() => 1)

  expect(outcome).toEqual({ ok: false, error: broken })
  expect(slots.active).toBe(0)
})

it('cache() refuses a key that is no text: as one, every object would be the same', async () => {
  const keyOf = ({ args }: { readonly args: readonly unknown[] }): string => args[0] as string
  const load = pipeline({ policies: [cache({ keyOf, ttlMs: 1_000 })] }).wrap((user: object) => user)

  await expect(load({ id: 1 })).rejects.toThrow('its key must be a string: current value is a object')
})
