import { expect, test, vi } from 'vitest'
import { settled } from '../clock/stopwatch.ts'
import { contender, contenders } from '../harness/contenders.ts'
import { passingError, readyError, type Work } from '../harness/work.ts'
import { closedStacks, openStacks } from '../stack.bench.ts'

const names = contenders(closedStacks)
const retrying = names.filter((name) => name !== 'opossum')

test.for(names)('stack: %s gives the value of work that succeeds', async (name) => {
  await using trial = await contender(closedStacks, name, async () => 'value')
  await trial.before?.()

  expect(await trial.call()).toBe('value')
})

test.for(names)('stack: %s answers for work that fails, each time', async (name) => {
  const work = vi.fn<Work>().mockRejectedValue(readyError)
  await using trial = await contender(closedStacks, name, work)
  await trial.before?.()

  const answers: unknown[] = []
  for (let i = 0; i < 30; i++) answers.push(await trial.call())
  expect(new Set(answers)).toEqual(new Set(['instead']))
  expect(work).toHaveBeenCalledTimes(30)
})

test.concurrent.for(retrying)('stack: %s tries again', async (name, { expect: expectHere }) => {
  let calls = 0
  const work: Work = async () => {
    if (calls++ === 0) throw passingError
    return 'value'
  }
  await using trial = await contender(closedStacks, name, work)
  await trial.before?.()

  expectHere(await trial.call()).toBe('value')
  expectHere(calls).toBe(2)
})

test.for(names)('stack: %s has ten places', async (name) => {
  const work = vi.fn<Work>().mockReturnValue(new Promise(() => undefined))
  await using trial = await contender(closedStacks, name, work)

  for (let i = 0; i < 12; i++) void trial.call()
  await vi.waitFor(() => expect(work.mock.calls.length).toBeGreaterThanOrEqual(10))
  await settled()
  expect(work).toHaveBeenCalledTimes(10)
})

test.for(contenders(openStacks))('stack: %s answers when the circuit is open', async (name) => {
  const work = vi.fn<Work>().mockResolvedValue('value')
  await using trial = await contender(openStacks, name, work)

  const answer = await trial.call()
  expect(answer).toEqual(name === 'breakwater' ? expect.objectContaining({ value: 'instead' }) : 'instead')
  expect(work).not.toHaveBeenCalled()
})
