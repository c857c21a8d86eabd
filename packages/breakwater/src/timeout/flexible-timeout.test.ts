import { describe, expect, it } from 'vitest'
import { chaos } from '../chaos/chaos.ts'
import { fault } from '../chaos/faults/fault.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { isCallCancelledError, isDeadlineExceededError, isTimeoutError } from './timeout-errors.ts'
import type { CallTimedOut } from './timeout-options.ts'
import { timeout } from './timeout.ts'

const never = (): Promise<never> => new Promise(() => undefined)

describe('timeout({ propagate })', () => {
  it.each([
    [undefined, 50, 'limit'],
    [51, 50, 'limit'],
    [50, 50, 'limit'],
    [49.5, 49, 'caller'],
    [1, 1, 'caller'],
  ])('with %s ms left to the caller a limit of 50 ms ends the call at %d ms by the %s', async (...row) => {
    const [left, endsAt, boundBy] = row
    const clock = new FakeClock()
    const limit = timeout({ ms: 50, propagate: true, remainingMs: () => left })
    const ended = pipeline({ policies: [limit], clock })
      .run(never)
      .catch((error: unknown) => [clock.now(), error])

    await clock.advance(100)

    expect(await ended).toMatchObject([endsAt, { code: 'TIMEOUT', limitMs: endsAt, boundBy }])
    clock.expectIdle()
  })

  it.each([0.99, 0, -5, -Infinity])('with %d ms left refuses and does not call the work', async (left) => {
    let calls = 0
    const limit = timeout({ ms: 50, name: 'quick', propagate: true, remainingMs: () => left })
    const line = pipeline({ operation: 'charge', policies: [limit], clock: new FakeClock() })

    const outcome = await line.tryRun(() => calls++)

    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'DEADLINE_EXCEEDED', operation: 'charge', policy: 'quick' },
      rejection: { code: 'DEADLINE_EXCEEDED', policy: 'quick', retryAfterMs: undefined },
    })
    expect(isDeadlineExceededError(outcome.ok ? undefined : outcome.error)).toBe(true)
    expect([calls, limit.refused, limit.timedOut]).toEqual([0, 1, 0])
  })

  it('says in the error that it was what the caller had left', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 50, propagate: true, remainingMs: () => 10 })
    const ended = pipeline({ operation: 'charge', policies: [limit], clock })
      .run(never)
      .catch((error: unknown) => error)

    await clock.advance(10)

    expect(await ended).toMatchObject({
      message: "Operation 'charge' took longer than 9.9 ms that were left to its caller",
    })
  })

  it('is not retried when no time is left', async () => {
    const clock = new FakeClock()
    const deadlineAt = 25
    const limit = timeout({ ms: 20, propagate: true, remainingMs: () => deadlineAt - clock.now() })
    const again = retry({ maxRetries: 5, backoff: fixed({ delayMs: 10 }) })
    const ended = pipeline({ policies: [again, limit], clock })
      .run(never)
      .catch((error: unknown) => [clock.now(), error])

    await clock.advance(1_000)

    expect(await ended).toMatchObject([30, { code: 'DEADLINE_EXCEEDED' }])
    expect([limit.timedOut, limit.refused]).toEqual([1, 1])
  })

  it.each([
    ['fails', () => Promise.reject.call(undefined) as never],
    ['says NaN', () => NaN],
  ])('goes by its own limit when the hook %s', async (_, remainingMs) => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 50, propagate: true, remainingMs })
    const ended = pipeline({ policies: [limit], clock }).run(() => clock.sleep(49).then(() => 'done'))

    await clock.advance(50)

    expect(await ended).toBe('done')
  })

  it('counts what it ended and what it refused', async () => {
    const clock = new FakeClock()
    const lefts = [0, 10]
    const limit = timeout({ ms: 50, propagate: true, remainingMs: () => lefts.shift() })
    const line = pipeline({ policies: [limit], clock })
    void Promise.all([line.tryRun(never), line.tryRun(never), line.tryRun(() => 1)])

    await clock.advance(10)

    expect(limit.stats()).toEqual({ counters: { timedOut: 1, refused: 1 }, gauges: { limitMs: 50 } })
  })

  it('budgetMs() is the limit when the hook fails', () => {
    const remainingMs = (): never => {
      throw new Error('hook bug')
    }

    expect(timeout({ ms: 50, propagate: true, remainingMs }).budgetMs()).toBe(50)
  })

  it.each([
    [30, 30],
    [80, 50],
    [undefined, 50],
    [-1, 0],
  ])('budgetMs() with %s ms left and a limit of 50 ms is %d', (left, budget) => {
    const limit = timeout({ ms: 50, propagate: true, remainingMs: () => left })

    expect(limit.budgetMs()).toBe(budget)
  })
})

describe('timeout({ track })', () => {
  it('lists what is in flight, oldest first, and nothing that has ended', async () => {
    const clock = new FakeClock({ epochMs: 1_000_000 })
    const limit = timeout({ ms: 1_000, track: true })
    const line = pipeline({ operation: 'charge', policies: [limit], clock })
    void line.run(never).catch(() => undefined)
    await clock.advance(30)
    void line.run(() => clock.sleep(5))
    void line.run(never).catch(() => undefined)
    await clock.advance(20)

    expect(limit.inFlight()).toEqual([
      { id: 1, operation: 'charge', attempt: 0, startedAt: 1_000_000, ageMs: 50, limitMs: 1_000 },
      { id: 3, operation: 'charge', attempt: 0, startedAt: 1_000_030, ageMs: 20, limitMs: 1_000 },
    ])
    expect(limit.stats().gauges).toEqual({ limitMs: 1_000, inFlight: 2 })
  })

  it('cancel() ends the call at once, aborts its signal, and says why', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 1_000, track: true, name: 'quick' })
    let signal: AbortSignal | undefined
    const ended = pipeline({ operation: 'charge', policies: [limit], clock })
      .run((context) => {
        signal = context.signal
        return never()
      })
      .catch((error: unknown) => error)
    await clock.settle()

    const isCancelled = limit.cancel(1, 'runs wild')

    const error = await ended
    expect([isCancelled, isCallCancelledError(error), isTimeoutError(error)]).toEqual([true, true, false])
    expect(error).toMatchObject({ operation: 'charge', policy: 'quick', cause: 'runs wild' })
    expect(signal?.reason).toBe(error)
    expect([limit.timedOut, limit.inFlight()]).toEqual([0, []])
    clock.expectIdle()
  })

  it('a cancelled call is not retried', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 1_000, track: true })
    const again = retry({ maxRetries: 5, backoff: fixed({ delayMs: 10 }) })
    const ended = pipeline({ policies: [again, limit], clock }).tryRun(never)
    await clock.settle()

    limit.cancel(1)

    expect((await ended).ok).toBe(false)
    expect(again.retries).toBe(0)
  })

  it('cancel() of an id that has ended, or never was, is false', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 1_000, track: true })
    await pipeline({ policies: [limit], clock }).run(() => 1)

    expect([limit.cancel(1), limit.cancel(2), limit.cancel(NaN)]).toEqual([false, false, false])
  })

  it('work may cancel its own call while it starts', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 1_000, track: true })
    const ended = pipeline({ policies: [limit], clock }).tryRun(() => limit.cancel(1))

    expect(await ended).toMatchObject({ ok: false, error: { code: 'CALL_CANCELLED' } })
    clock.expectIdle()
  })

  it('cancel() of a call on its way in is false and leaves it its time, and its timeout', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 50, track: true })
    const answers: boolean[] = []
    const rate = (): number => {
      answers.push(limit.cancel(1))
      return 0
    }
    const inside = chaos({ isEnabled: true, faults: [fault({ rate })] })
    const ended = pipeline({ policies: [limit, inside], clock }).tryRun(never)

    await clock.advance(50)

    expect(await ended).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } })
    expect([answers, limit.timedOut]).toEqual([[false], 1])
  })

  it('a call of the same place that follows a cancelled one has its own time', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 50, track: true })
    const line = pipeline({ policies: [limit], clock })
    const first = line.tryRun(never)
    limit.cancel(1)
    await first
    const second = line.tryRun(never)

    await clock.advance(50)

    expect(await second).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } })
  })

  it('forgets a call whose caller aborted', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 1_000, track: true })
    const caller = new AbortController()
    const ended = pipeline({ policies: [limit], clock }).run(never, { signal: caller.signal })
    await clock.settle()

    caller.abort(new Error('gone'))

    await expect(ended).rejects.toThrow('gone')
    expect([limit.inFlight(), limit.timedOut]).toEqual([[], 0])
    clock.expectIdle()
  })

  it('the calls of a timeout that does not keep them cannot be asked for', () => {
    const message = "Cannot look at the calls of timeout 'timeout' as its option 'track' is not set"
    const flexible = timeout({ ms: 1, propagate: true, remainingMs: () => 1 })

    const error = new TypeError(message)

    expect(() => timeout({ ms: 1 }).inFlight()).toThrow(error)
    expect(() => timeout({ ms: 1 }).cancel(1)).toThrow(error)
    expect(() => flexible.inFlight()).toThrow(error)
  })
})

describe('timeout() events of a flexible limit', () => {
  it('name what bound the call', async () => {
    const clock = new FakeClock()
    const events: CallTimedOut[] = []
    const onEvent = (event: CallTimedOut): void => void events.push(event)
    const limit = timeout({ ms: 50, propagate: true, remainingMs: () => 1, onEvent })
    void pipeline({ operation: 'charge', policies: [limit], clock }).tryRun(never)

    await clock.advance(1)

    expect(events).toEqual([
      {
        ...{ type: 'CallTimedOut', policy: 'timeout', operation: 'charge', attempt: 0 },
        ...{ limitMs: 1, scope: 'attempt', boundBy: 'caller' },
      },
    ])
  })
})
