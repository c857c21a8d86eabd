import { expect, test, vi } from 'vitest'
import { effectByRatio, openContestants, ratioContestants, rowContestants } from '../circuit-breaker.bench.ts'
import { neverOpens, opensAtHalf } from '../contestants/breaker-settings.ts'
import type { Contestants, Trial } from '../harness/compare.ts'
import { contender, contenders } from '../harness/contenders.ts'
import { readyError, type Work } from '../harness/work.ts'

const opening = (makeWork: () => Work): Contestants => ({
  ...ratioContestants(makeWork, opensAtHalf),
  effect: () => effectByRatio(makeWork(), opensAtHalf),
})
const staying = (makeWork: () => Work): Contestants => ratioContestants(makeWork, neverOpens)
const inARow = (makeWork: () => Work): Contestants => rowContestants(makeWork, 3)

/** What comes of calls one after the other. */
async function callOften(trial: Trial, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await Promise.resolve(trial.call()).catch(() => undefined)
}

test.for(contenders(opening))('breaker: %s opens at half of 20 calls', async (name) => {
  const work = vi.fn<Work>().mockRejectedValue(readyError)
  await using trial = await contender(opening, name, work)

  await callOften(trial, 19)
  expect(work).toHaveBeenCalledTimes(19)
  await callOften(trial, 20)
  expect(work.mock.calls.length).toBeLessThan(30)
})

test.for(contenders(staying))('breaker: %s counts failures and stays closed', async (name) => {
  const work = vi.fn<Work>().mockRejectedValue(readyError)
  await using trial = await contender(staying, name, work)

  await trial.before?.()
  await callOften(trial, 200)
  expect(work).toHaveBeenCalledTimes(200)
})

test.for(contenders(inARow))('breaker: %s opens after three failures in a row', async (name) => {
  const work = vi.fn<Work>().mockRejectedValue(readyError)
  await using trial = await contender(inARow, name, work)

  await callOften(trial, 2)
  work.mockResolvedValueOnce('a success')
  await callOften(trial, 3)
  expect(work).toHaveBeenCalledTimes(5)
  await callOften(trial, 3)
  expect(work).toHaveBeenCalledTimes(6)
})

test.for(contenders(openContestants))('breaker: %s is open and refuses', async (name) => {
  const work = vi.fn<Work>().mockResolvedValue('value')
  await using trial = await contender(openContestants, name, work)

  const answer = await Promise.resolve(trial.call()).catch((error: unknown) => ({ error }))
  expect(answer).not.toBe('value')
  expect(work).not.toHaveBeenCalled()
})
