import { expect, test, vi } from 'vitest'
import { pause } from '../clock/stopwatch.ts'
import { readyError, type Work } from '../harness/work.ts'
import { idleBreakers } from '../idle/breakers.ts'
import { idleBulkheads } from '../idle/bulkheads.ts'
import type { IdleKind, IdleThings } from '../idle/idle-kind.ts'
import { idleRateLimiters } from '../idle/rate-limiters.ts'
import { idleRetryBudgets } from '../idle/retry-budgets.ts'

const names = ['one', 'other']

const contestantsOf = (kind: IdleKind): string[] => Object.keys(kind).filter((name) => name !== 'bare')

async function made(kind: IdleKind, contestant: string): Promise<IdleThings> {
  const maker = kind[contestant]
  if (maker === undefined) throw new Error(`there is no ${contestant}`)
  return maker.make(names)
}

/** The first of what it keeps is called, one call after the other. */
async function callOften(things: IdleThings, work: Work, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await Promise.resolve(things.call(0, work)).catch(() => undefined)
}

test.for(contestantsOf(idleBreakers))('idle breaker: %s opens the circuit that fails only', async (name) => {
  const breakers = await made(idleBreakers, name)
  const work = vi.fn<Work>().mockRejectedValue(readyError)

  await callOften(breakers, work, 300)
  expect(work.mock.calls.length).toBeLessThan(200)
  expect(await breakers.call(1, async () => 'value')).toBe('value')
})

test.for(contestantsOf(idleRateLimiters))(
  'idle rate limiter: %s lets a hundred of one key through, and then others only',
  async (name) => {
    const limits = await made(idleRateLimiters, name)
    const work = vi.fn<Work>().mockResolvedValue('value')

    await Promise.all(Array.from({ length: 100 }, () => limits.call(0, work)))
    // bottleneck lets it wait; the others refuse.
    void Promise.resolve(limits.call(0, work)).catch(() => undefined)
    expect(await limits.call(1, async () => 'value')).toBe('value')
    await pause(20)
    expect(work).toHaveBeenCalledTimes(100)
  },
)

test.for(contestantsOf(idleBulkheads))('idle bulkhead: %s lets ten run and others wait', async (name) => {
  const bulkheads = await made(idleBulkheads, name)
  const freeing: (() => void)[] = []
  const work = vi.fn<Work>(() => new Promise<void>((resolve) => freeing.push(resolve)))

  const calls = Array.from({ length: 12 }, () => bulkheads.call(0, work))
  await vi.waitFor(() => expect(work.mock.calls.length).toBeGreaterThanOrEqual(10))
  await pause(20)
  expect(work).toHaveBeenCalledTimes(10)
  for (const free of freeing) free()
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(12))
  expect(await bulkheads.call(1, async () => 'value')).toBe('value')
  for (const free of freeing) free()
  await Promise.all(calls)
})

test.for(contestantsOf(idleRetryBudgets))(
  'idle retry budget: %s lets some calls be tried again, not all, and of each name by itself',
  async (name) => {
    const budgets = await made(idleRetryBudgets, name)
    const work = vi.fn<Work>().mockRejectedValue(readyError)
    const other = vi.fn<Work>().mockRejectedValue(readyError)

    await callOften(budgets, work, 300)
    expect(work.mock.calls.length).toBeGreaterThan(320)
    expect(work.mock.calls.length).toBeLessThan(500)
    await Promise.resolve(budgets.call(1, other)).catch(() => undefined)
    expect(other).toHaveBeenCalledTimes(2)
  },
)
