import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { isTimeoutError } from './timeout-errors.ts'
import type { CallTimedOut } from './timeout-options.ts'
import { timeout } from './timeout.ts'

describe('timeout()', () => {
  it.each([
    [49, true],
    [51, false],
  ])('of 50 ms around work of %i ms: it is in time: %s', async (ms, isInTime) => {
    const clock = new FakeClock()
    const ended = pipeline({ policies: [timeout({ ms: 50 })], clock }).tryRun(() => clock.sleep(ms))

    await clock.advance(100)

    expect((await ended).ok).toBe(isInTime)
    clock.expectIdle()
  })

  it('does not settle a call before its time', async () => {
    const clock = new FakeClock()
    let settledAt = -1
    const line = pipeline({ policies: [timeout({ ms: 50 })], clock })
    void line.tryRun(() => new Promise(() => undefined)).then(() => (settledAt = clock.now()))

    await clock.advance(49)
    const before = settledAt
    await clock.advance(1)

    expect([before, settledAt]).toEqual([-1, 50])
  })

  it('fails with the facts', async () => {
    const clock = new FakeClock()
    const line = pipeline({ operation: 'charge', policies: [timeout({ ms: 50, name: 'quick' })], clock })
    const ended = line.run(() => clock.sleep(100)).catch((error: unknown) => error)
    await clock.advance(100)

    const error = await ended

    expect(isTimeoutError(error)).toBe(true)
    expect(error).toMatchObject({
      message: "Operation 'charge' took longer than 50 ms",
      code: 'TIMEOUT',
      operation: 'charge',
      policy: 'quick',
      limitMs: 50,
      scope: 'attempt',
      boundBy: 'limit',
    })
  })

  it('a total limit covers all attempts and the waits between them', async () => {
    const clock = new FakeClock()
    const again = retry({ maxRetries: 100, backoff: fixed({ delayMs: 30 }) })
    const line = pipeline({ operation: 'charge', policies: [timeout({ totalMs: 100 }), again], clock })
    const ended = line
      .run(() => Promise.reject(new Error('broken')))
      .catch((error: unknown) => [clock.now(), error])

    await clock.advance(1_000)

    expect(await ended).toMatchObject([
      100,
      {
        message: "Operation 'charge' with all its attempts took longer than 100 ms",
        policy: 'total-timeout',
      },
    ])
    expect(again.retries).toBe(3)
    clock.expectIdle()
  })

  it('an attempt limit starts anew with each attempt', async () => {
    const clock = new FakeClock()
    const again = retry({ maxRetries: 2, backoff: fixed({ delayMs: 10 }) })
    const limit = timeout({ ms: 50 })
    const line = pipeline({ policies: [again, limit], clock })
    const ended = line.run(({ attempt }) => clock.sleep(attempt < 2 ? 60 : 40)).then(() => clock.now())

    await clock.advance(1_000)

    expect(await ended).toBe(160)
    expect(limit.timedOut).toBe(2)
  })

  it('reports each attempt that it ends', async () => {
    const clock = new FakeClock()
    const events: CallTimedOut[] = []
    const limit = timeout({ ms: 10 })
    limit.on((event) => events.push(event))
    const policies = [retry({ maxRetries: 1, backoff: fixed({ delayMs: 0 }) }), limit]
    void pipeline({ operation: 'charge', policies, clock }).tryRun(() => clock.sleep(100))

    await clock.advance(200)

    const facts = {
      type: 'CallTimedOut',
      policy: 'timeout',
      operation: 'charge',
      limitMs: 10,
      scope: 'attempt',
    }
    expect(events).toEqual([
      { ...facts, attempt: 0 },
      { ...facts, attempt: 1 },
    ])
    expect(limit.stats()).toEqual({ counters: { timedOut: 2 }, gauges: { limitMs: 10 } })
  })

  it('of two limits the shorter one ends the call, wherever it stands', async () => {
    const clock = new FakeClock()
    const line = pipeline({
      policies: [timeout({ ms: 20, name: 'outer' }), timeout({ ms: 50, name: 'inner' })],
      clock,
    })
    const ended = line.run(() => clock.sleep(100)).catch((error: unknown) => error)

    await clock.advance(200)

    expect(await ended).toMatchObject({ policy: 'outer' })
    clock.expectIdle()
  })

  it('work that ends at the limit loses against a limit that was there first', async () => {
    const clock = new FakeClock()
    const ended = pipeline({ policies: [timeout({ ms: 50 })], clock }).tryRun(() => clock.sleep(50))

    await clock.advance(50)

    expect((await ended).ok).toBe(false)
  })

  it.each([
    { what: 'one limit', options: { ms: 50 } },
    { what: 'calls that it keeps', options: { ms: 50, track: true } },
  ])('with $what tells onEvent, and each listener until it unsubscribes', async ({ options }) => {
    const clock = new FakeClock()
    const told: string[] = []
    const limit = timeout({ ...options, onEvent: ({ operation }) => told.push(`option: ${operation}`) })
    const off = limit.on(({ operation }) => told.push(`listener: ${operation}`))
    const late = (operation: string): Promise<unknown> =>
      pipeline({ operation, policies: [limit], clock }).tryRun(() => clock.sleep(100))
    void late('first')
    await clock.advance(100)
    off()
    void late('second')

    await clock.advance(100)

    expect(told).toEqual(['option: first', 'listener: first', 'option: second'])
  })

  it.each([
    [{ ms: 50 }, { limitMs: 50, scope: 'attempt', name: 'timeout' }],
    [{ totalMs: 50 }, { limitMs: 50, scope: 'total', name: 'total-timeout' }],
    [
      { totalMs: 50, track: true },
      { limitMs: 50, scope: 'total', name: 'total-timeout' },
    ],
    [
      { ms: 50, name: 'quick' },
      { limitMs: 50, scope: 'attempt', name: 'quick' },
    ],
    [{ adaptive: { ceilingMs: 50 } }, { limitMs: 50, scope: 'attempt', name: 'timeout' }],
  ])('of %j says what it is, and gives all of its limit', (options, facts) => {
    const limit = timeout(options)

    expect(limit).toMatchObject({ kind: 'timeout', timedOut: 0, refused: 0, ...facts })
    expect(limit.budgetMs()).toBe(50)
  })
})
