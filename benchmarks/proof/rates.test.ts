import { expect, test, vi } from 'vitest'
import type { Contestants, Trial } from '../harness/compare.ts'
import { contender, contenders } from '../harness/contenders.ts'
import { keysInTurn } from '../harness/keys.ts'
import { readyError, type Work } from '../harness/work.ts'
import { keyedBreakerContestants } from '../keyed-breaker.bench.ts'
import { keyedRateContestants } from '../keyed-rate-limiter.bench.ts'
import { bottleneckOf, ourOthers, rateContestants } from '../rate-limiter.bench.ts'

const threeADay = { limit: 3, intervalMs: 86_400_000 }
const oneADay = { ...threeADay, limit: 1 }
const refusing = (makeWork: () => Work): Contestants => ({
  ...rateContestants(makeWork, threeADay),
  ...ourOthers(makeWork, threeADay),
})
const byKey = (makeWork: () => Work): Contestants =>
  keyedRateContestants(makeWork, oneADay, () => keysInTurn(2))
const breakersByKey = (makeWork: () => Work): Contestants =>
  keyedBreakerContestants(makeWork, () => keysInTurn(2))

async function callOften(trial: Trial, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await Promise.resolve(trial.call()).catch(() => undefined)
}

test.for(contenders(refusing))('rate limiter: %s refuses the fourth of three a day', async (name) => {
  const work = vi.fn<Work>().mockResolvedValue('value')
  await using trial = await contender(refusing, name, work)

  await callOften(trial, 3)
  await expect(Promise.resolve(trial.call())).rejects.toBeDefined()
  expect(work).toHaveBeenCalledTimes(3)
})

test('rate limiter: bottleneck lets the fourth of three a day wait', async () => {
  const work = vi.fn<Work>().mockResolvedValue('value')
  const trial = bottleneckOf(threeADay, work)

  await callOften(trial, 3)
  const fourth = Promise.resolve(trial.call()).catch(() => 'dropped')
  const other = bottleneckOf(threeADay, async () => 'later')
  expect(await Promise.race([fourth, other.call()])).toBe('later')
  expect(work).toHaveBeenCalledTimes(3)
  await Promise.all([trial.dispose?.(), other.dispose?.()])
})

test.for(contenders(byKey))('keyed rate limiter: %s has a limit for each key', async (name) => {
  const work = vi.fn<Work>().mockResolvedValue('value')
  await using trial = await contender(byKey, name, work)

  await callOften(trial, 2)
  expect(work).toHaveBeenCalledTimes(2)
  await expect(Promise.resolve(trial.call())).rejects.toBeDefined()
  expect(work).toHaveBeenCalledTimes(2)
})

test.for(contenders(breakersByKey))('keyed breaker: %s opens for the key that fails', async (name) => {
  const work = vi.fn<Work>()
  for (let i = 0; i < 5; i++) work.mockRejectedValueOnce(readyError).mockResolvedValueOnce('value')
  work.mockResolvedValue('value')
  await using trial = await contender(breakersByKey, name, work)

  await callOften(trial, 10)
  await expect(Promise.resolve(trial.call())).rejects.toBeDefined()
  expect(await trial.call()).toBe('value')
  expect(work).toHaveBeenCalledTimes(11)
})
