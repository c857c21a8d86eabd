import { expect, test, vi } from 'vitest'
import { contender, contenders } from '../harness/contenders.ts'
import { passingError, readyError, type Work } from '../harness/work.ts'
import { retryContestants } from '../retry.bench.ts'

const names = contenders(retryContestants)

test.for(names)('retry: %s tries twice again', async (name) => {
  const failure = vi.fn<Work>().mockRejectedValueOnce(passingError).mockRejectedValueOnce(passingError)
  const work = failure.mockResolvedValue('value')
  await using trial = await contender(retryContestants, name, work)

  expect(await trial.call()).toBe('value')
  expect(work).toHaveBeenCalledTimes(3)
})

test.for(names)('retry: %s gives up after two retries, with the error of the work', async (name) => {
  const work = vi.fn<Work>().mockRejectedValue(passingError)
  await using trial = await contender(retryContestants, name, work)

  await expect(trial.call()).rejects.toBe(passingError)
  expect(work).toHaveBeenCalledTimes(3)
})

test.for(names)('retry: %s does not try again what is not worth it', async (name) => {
  const work = vi.fn<Work>().mockRejectedValue(readyError)
  await using trial = await contender(retryContestants, name, work)

  await expect(trial.call()).rejects.toBe(readyError)
  expect(work).toHaveBeenCalledTimes(1)
})
