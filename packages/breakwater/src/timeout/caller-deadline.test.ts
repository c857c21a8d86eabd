import { describe, expect, it } from 'vitest'
import { pipeline, type Pipeline } from '../pipeline/pipeline.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { Timeout } from './timeout-api.ts'
import type { CallTimedOut, TimeoutOptions } from './timeout-options.ts'
import { timeout } from './timeout.ts'

const never = (): Promise<never> => new Promise(() => undefined)

interface Scene {
  readonly clock: FakeClock
  readonly limit: Timeout
  readonly line: Pipeline
  /** When a call that hangs was given up, and why. */
  hang(): Promise<unknown>
}

/** A pipeline that knows what is left to its caller: until a time of the clock. */
function scene(deadlineAt: number | undefined, options: TimeoutOptions): Scene {
  const clock = new FakeClock()
  const limit = timeout(options)
  const remainingMs = (): number | undefined =>
    deadlineAt === undefined ? undefined : deadlineAt - clock.now()
  const line = pipeline({ operation: 'load', policies: [limit], clock, remainingMs })
  const hang = async (): Promise<unknown> => {
    const outcome = await line.tryRun(never)
    return [clock.now(), outcome.ok ? undefined : outcome.error]
  }
  return { clock, limit, line, hang }
}

describe('pipeline({ remainingMs })', () => {
  it.each<[string, TimeoutOptions]>([
    ['of an attempt', { ms: 50 }],
    ['of the call', { totalMs: 50 }],
    ['that is tracked', { ms: 50, track: true }],
    ['that is learned', { adaptive: { ceilingMs: 50 } }],
  ])('a timeout %s takes no more than is left to the caller', async (_, options) => {
    const { clock, hang, limit } = scene(16, options)
    const ended = hang()

    await clock.advance(100)

    expect(await ended).toMatchObject([16, { code: 'TIMEOUT', limitMs: 16, boundBy: 'caller' }])
    expect([limit.timedOut, limit.refused]).toEqual([1, 0])
    clock.expectIdle()
  })

  it.each([
    [undefined, undefined],
    [51, 'limit'],
    [50, 'limit'],
  ])('with %s ms left a timeout of 50 ms keeps its own limit', async (left, boundBy) => {
    const { clock, hang } = scene(left, { ms: 50 })
    const ended = hang()

    await clock.advance(100)

    const [endedAt, error] = (await ended) as [number, { boundBy?: string }]
    expect([endedAt, error.boundBy]).toEqual([50, boundBy ?? 'limit'])
  })

  it.each([
    [1, 'called'],
    [0.99, 'DEADLINE_EXCEEDED'],
    [-1, 'DEADLINE_EXCEEDED'],
  ])('with %d ms left the work is: %s', async (left, expected) => {
    const { line, limit } = scene(left, { ms: 50 })

    const outcome = await line.tryRun(() => 'called')

    expect(outcome.ok ? outcome.value : (outcome.error as { code: string }).code).toBe(expected)
    expect([limit.refused, limit.stats().counters]).toEqual(
      expected === 'called' ? [0, { timedOut: 0 }] : [1, { timedOut: 0, refused: 1 }],
    )
  })

  it('a timeout with `propagate: false` does not look at it', async () => {
    const { clock, hang } = scene(20, { ms: 50, propagate: false })
    const ended = hang()

    await clock.advance(100)

    expect(await ended).toMatchObject([50, { code: 'TIMEOUT' }])
  })

  it('a timeout with a `remainingMs` of its own goes by that', async () => {
    const { clock, hang } = scene(16, { ms: 50, propagate: true, remainingMs: () => 32 })
    const ended = hang()

    await clock.advance(100)

    expect(await ended).toMatchObject([32, { boundBy: 'caller' }])
  })

  it('each attempt has what is left by then', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 30 })
    const again = retry({ maxRetries: 5, backoff: fixed({ delayMs: 5 }) })
    const remainingMs = (): number => 50 - clock.now()
    const starts: number[] = []
    const ended = pipeline({ policies: [again, limit], clock, remainingMs }).tryRun(() => {
      starts.push(clock.now())
      return never()
    })

    await clock.advance(200)

    expect([starts, limit.timedOut, (await ended).ok]).toEqual([[0, 35], 2, false])
  })

  it('tells listeners of calls cut for their caller', async () => {
    const events: CallTimedOut[] = []
    const { clock, hang } = scene(16, { ms: 50, onEvent: (event) => events.push(event) })
    void hang()

    await clock.advance(100)

    expect(events).toMatchObject([{ policy: 'timeout', operation: 'load', limitMs: 16, boundBy: 'caller' }])
  })

  it('counts the calls of all pipelines, with a deadline or without', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 50 })
    const lines = [10, undefined, 20].map((left) =>
      pipeline({ policies: [limit], clock, remainingMs: () => left }),
    )
    const ended = lines.map((line) => line.tryRun(never))

    await clock.advance(100)
    await Promise.all(ended)

    expect(limit.timedOut).toBe(3)
  })

  it('holds for policies that are set later', async () => {
    const { clock, line, hang } = scene(20, { ms: 50 })
    await line.run(() => 1)
    line.setPolicies([timeout({ ms: 10 })])
    const ended = hang()

    await clock.advance(100)

    expect(await ended).toMatchObject([10, { boundBy: 'limit' }])
  })

  it('a hook that fails says nothing', async () => {
    const remainingMs = (): number => {
      throw new Error('broken')
    }
    const line = pipeline({ policies: [timeout({ ms: 50 })], clock: new FakeClock(), remainingMs })

    expect(await line.run(() => 'done')).toBe('done')
  })

  it('budgetMs() knows it once a call came with a deadline', async () => {
    const { line, limit } = scene(20, { ms: 50 })
    const before = limit.budgetMs()
    await line.run(() => 1)

    expect([before, limit.budgetMs()]).toEqual([50, 20])
  })

  it('budgetMs() asks the first pipeline that knows what is left', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 50 })
    for (const left of [20, 10])
      await pipeline({ policies: [limit], clock, remainingMs: () => left }).run(() => 1)

    expect(limit.budgetMs()).toBe(20)
  })

  it.each([
    [{ remainingMs: 5 }, "'remainingMs' must be a function: current value is 5"],
    [{ keepContext: 'yes' }, "'keepContext' must be a boolean"],
  ])('refuses %o', (options, message) => {
    expect(() => pipeline({ policies: [], ...(options as object) })).toThrow(message)
  })
})
