import { describe, expect, it } from 'vitest'
import type { CallContext } from '../pipeline/call-context.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { fixed } from './backoff.ts'
import type { RetryEvent } from './retry-events.ts'
import type { RetryQuestion } from './retry-options.ts'
import { retry } from './retry.ts'

const none = fixed({ delayMs: 0 })

/** Work that fails so many times, then answers; each failure is an error of its own. */
function failing(times: number): {
  work: (context: CallContext) => string
  errors: Error[]
  attempts: number[]
} {
  const errors: Error[] = []
  const attempts: number[] = []
  const work = ({ attempt }: CallContext): string => {
    attempts.push(attempt)
    if (attempts.length > times) return 'fine'
    const error = new Error(`failure ${attempts.length}`)
    errors.push(error)
    throw error
  }
  return { work, errors, attempts }
}

describe('retry()', () => {
  it.each([
    [2, 'fine', [0, 1, 2]],
    [3, 'fine', [0, 1, 2, 3]],
    [4, 'failure 4', [0, 1, 2, 3]],
  ])('with three retries, work that fails %i times ends with %s', async (times, expected, attempts) => {
    const { work, attempts: seen } = failing(times)

    const result = await retry({ maxRetries: 3, backoff: none })
      .run(work)
      .catch((error: unknown) => (error as Error).message)

    expect(result).toBe(expected)
    expect(seen).toEqual(attempts)
  })

  it('with no retries it runs the work once and throws its error as the same object', async () => {
    const { work, errors, attempts } = failing(9)

    const outcome = await retry({ maxRetries: 0 })
      .run(work)
      .catch((error: unknown) => error)

    expect(outcome).toBe(errors[0])
    expect(attempts).toHaveLength(1)
  })

  it('throws the error of the last attempt', async () => {
    const { work, errors } = failing(9)

    const outcome = await retry({ maxRetries: 2, backoff: none })
      .run(work)
      .catch((error: unknown) => error)

    expect(outcome).toBe(errors[2])
  })

  it.each([
    [99, 1],
    [100, 2],
    [299, 2],
    [300, 3],
  ])('waits as its backoff says: after %i ms it has made %i attempts', async (ms, expected) => {
    const clock = new FakeClock()
    const { work, attempts } = failing(9)
    const backoff = { delayMs: (retryNumber: number) => retryNumber * 100 }
    void pipeline({ policies: [retry({ maxRetries: 5, backoff })], clock }).tryRun(work)

    await clock.advance(ms)

    expect(attempts).toHaveLength(expected)
  })

  it('gives its backoff the number of the retry and the wait before', async () => {
    const clock = new FakeClock()
    const asked: [number, number][] = []
    const delayMs = (retryNumber: number, _random: unknown, previousMs: number): number => {
      asked.push([retryNumber, previousMs])
      return retryNumber * 10
    }
    void pipeline({ policies: [retry({ maxRetries: 3, backoff: { delayMs } })], clock }).tryRun(
      failing(9).work,
    )

    await clock.advance(100)

    expect(asked).toEqual([
      [1, 0],
      [2, 10],
      [3, 20],
    ])
  })

  it('takes no timer for a wait below a millisecond', async () => {
    const clock = new FakeClock()
    const { work, attempts } = failing(2)

    const value = await pipeline({ policies: [retry({ backoff: fixed({ delayMs: 0.5 }) })], clock }).run(work)

    expect([value, attempts.length, clock.pending()]).toEqual(['fine', 3, []])
  })

  it('asks its rule with the operation and the attempt, and stops when it says no', async () => {
    const asked: RetryQuestion[] = []
    const retryOn = (_: unknown, question: RetryQuestion): boolean => asked.push(question) < 2
    const { work, attempts } = failing(9)
    const line = pipeline({
      operation: 'charge',
      policies: [retry({ maxRetries: 5, backoff: none, retryOn })],
    })

    await line.tryRun(work)

    expect(asked).toEqual([
      { operation: 'charge', attempt: 0 },
      { operation: 'charge', attempt: 1 },
    ])
    expect(attempts).toHaveLength(2)
  })

  it('a rule that throws ends the call with what it threw', async () => {
    const bug = new Error('rule bug')
    const retryOn = (): never => {
      throw bug
    }

    const outcome = await pipeline({ policies: [retry({ retryOn })] }).tryRun(failing(1).work)

    expect(outcome).toEqual({ ok: false, error: bug })
  })

  it('a backoff that throws ends the call with what it threw', async () => {
    const bug = new Error('backoff bug')
    const delayMs = (): never => {
      throw bug
    }

    const outcome = await pipeline({ policies: [retry({ backoff: { delayMs } })] }).tryRun(failing(1).work)

    expect(outcome).toEqual({ ok: false, error: bug })
  })

  it('reports each retry and giving up', async () => {
    const events: RetryEvent[] = []
    const { work, errors } = failing(9)
    const policy = retry({
      maxRetries: 1,
      backoff: none,
      name: 'again',
      onEvent: (event) => events.push(event),
    })

    await pipeline({ operation: 'charge', policies: [policy] }).tryRun(work)

    const names = { policy: 'again', operation: 'charge' }
    expect(events).toEqual([
      { type: 'RetryScheduled', ...names, retry: 1, delayMs: 0, because: 'backoff', error: errors[0] },
      { type: 'RetriesExhausted', ...names, retries: 1, error: errors[1] },
    ])
    expect(policy.stats()).toEqual({
      counters: { retries: 1, exhausted: 1, budgetRefused: 0, timeExhausted: 0 },
      gauges: { maxRetries: 1 },
    })
  })

  it('a listener that was taken away is not told any more', async () => {
    const policy = retry({ maxRetries: 1, backoff: none })
    const seen: string[] = []
    const stop = policy.on(({ type }) => seen.push(type))

    stop()
    await policy.run(failing(1).work)

    expect(seen).toEqual([])
  })

  it('keeps the progress of concurrent calls apart', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [retry({ maxRetries: 3, backoff: fixed({ delayMs: 10 }) })], clock })
    const works = [failing(1), failing(2), failing(3), failing(4)]

    const ended = Promise.all(works.map(({ work }) => line.tryRun(work)))
    await clock.advance(100)

    expect((await ended).map(({ ok }) => ok)).toEqual([true, true, true, false])
  })

  it('two retries around one another multiply', async () => {
    const { work, attempts } = failing(99)
    const policies = [retry({ maxRetries: 2, backoff: none }), retry({ maxRetries: 1, backoff: none })]

    await pipeline({ policies }).tryRun(work)

    expect(attempts).toHaveLength(6)
  })
})
