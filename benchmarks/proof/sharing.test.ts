import { expect, test, vi } from 'vitest'
import { balancerContestants } from '../balancer.bench.ts'
import { cacheContestants } from '../cache.bench.ts'
import { coalescingContestants } from '../coalescing.bench.ts'
import { contender, contenders } from '../harness/contenders.ts'
import type { Work } from '../harness/work.ts'

test.for(contenders(cacheContestants))('cache: %s calls the work once', async (name) => {
  const work = vi.fn<Work>().mockResolvedValueOnce('first').mockResolvedValue('second')
  await using trial = await contender(cacheContestants, name, work)

  expect([await trial.call(), await trial.call()]).toEqual(['first', 'first'])
  expect(work).toHaveBeenCalledTimes(1)
})

test.for(contenders(coalescingContestants))(
  'coalescing: %s shares calls under way, and no others',
  async (name) => {
    const work = vi.fn<Work>().mockResolvedValueOnce('first').mockResolvedValue('second')
    await using trial = await contender(coalescingContestants, name, work)

    expect(await Promise.all([trial.call(), trial.call()])).toEqual(['first', 'first'])
    expect(await trial.call()).toBe('second')
    expect(work).toHaveBeenCalledTimes(2)
  },
)

test.for(contenders(balancerContestants))('balancer: %s uses all three endpoints', async (name) => {
  const chosen: unknown[] = []
  const work = (endpoint?: unknown): Promise<never> => {
    chosen.push(endpoint)
    return new Promise(() => undefined)
  }
  await using trial = await contender(balancerContestants, name, work)

  for (let i = 0; i < 60; i++) trial.call()
  await vi.waitFor(() => expect(chosen).toHaveLength(60))
  expect(new Set(chosen)).toEqual(new Set(['one', 'two', 'three']))
})
