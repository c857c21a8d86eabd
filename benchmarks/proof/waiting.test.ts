import { expect, test, vi } from 'vitest'
import { bottleneckOf, queueContestants } from '../bulkhead.bench.ts'
import { settled } from '../clock/stopwatch.ts'
import { adaptiveContestants } from '../concurrency-limiter.bench.ts'
import { fallbackContestants } from '../fallback.bench.ts'
import type { Contestants } from '../harness/compare.ts'
import { contender, contenders } from '../harness/contenders.ts'
import { readyError, type Work } from '../harness/work.ts'
import { hedgeContestants } from '../hedge.bench.ts'
import { timeoutContestants } from '../timeout.bench.ts'

const never = new Promise<never>(() => undefined)
const places = { limit: 2, queue: 1 }
const queueing = (makeWork: () => Work): Contestants => ({
  ...queueContestants(makeWork, places),
  bottleneck: () => bottleneckOf(places, makeWork()),
})
const endless = ['p-limit', 'effect', 'bottleneck']
const bounded = contenders(queueing).filter((name) => !endless.includes(name))
const timing = (makeWork: () => Work): Contestants => timeoutContestants(makeWork, 10)
const hedging = (makeWork: () => Work): Contestants => hedgeContestants(makeWork, 10)
const answering = (makeWork: () => Work): Contestants => fallbackContestants(makeWork, () => 'instead')

test.for(contenders(timing))('timeout: %s lets the caller go', async (name) => {
  await using trial = await contender(timing, name, () => never)

  await expect(trial.call()).rejects.toThrow()
})

test.for(contenders(queueing))('bulkhead: %s lets the third wait for one of two places', async (name) => {
  const first = Promise.withResolvers<string>()
  const work = vi.fn<Work>().mockReturnValueOnce(first.promise).mockReturnValue(never)
  await using trial = await contender(queueing, name, work)

  const call = trial.call()
  trial.call()
  trial.call()
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2))
  await settled()
  expect(work).toHaveBeenCalledTimes(2)
  first.resolve('value')
  expect(await call).toBe('value')
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(3))
})

test.for(bounded)('bulkhead: %s refuses when the queue is full', async (name) => {
  await using trial = await contender(queueing, name, () => never)
  for (let i = 0; i < 3; i++) trial.call()

  await expect(trial.call()).rejects.toThrow()
})

test.for(contenders(adaptiveContestants))('concurrency limiter: %s begins with 20 at once', async (name) => {
  const work = vi.fn<Work>().mockReturnValue(never)
  await using trial = await contender(adaptiveContestants, name, work)
  for (let i = 0; i < 20; i++) trial.call()

  await expect(trial.call()).rejects.toThrow()
  expect(work).toHaveBeenCalledTimes(20)
})

test.for(contenders(hedging))('hedge: %s tries a second time when the first takes long', async (name) => {
  const work = vi.fn<Work>().mockReturnValueOnce(never).mockResolvedValue('second')
  await using trial = await contender(hedging, name, work)

  expect(await trial.call()).toBe('second')
  expect(work).toHaveBeenCalledTimes(2)
})

test.for(contenders(answering))('fallback: %s answers for work that fails', async (name) => {
  await using trial = await contender(answering, name, () => Promise.reject(readyError))

  expect(await trial.call()).toBe('instead')
})
