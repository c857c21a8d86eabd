import { describe, expect, it } from 'vitest'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { circuitBreaker } from '../src/circuit-breaker/circuit-breaker.ts'
import { fallback } from '../src/fallback/fallback.ts'
import type { CallContext } from '../src/pipeline/call-context.ts'
import { pipeline } from '../src/pipeline/pipeline.ts'
import { fixed } from '../src/retry/backoff.ts'
import { retry } from '../src/retry/retry.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'
import { isTimeoutError } from '../src/timeout/timeout-errors.ts'
import { timeout } from '../src/timeout/timeout.ts'

const broken = new Error('broken')

describe('policies against the defects of their peers', () => {
  it('D2: an abort at 50 ms of a 300 ms backoff ends the call at 50 ms, and the work is not run again', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [retry({ backoff: fixed({ delayMs: 300 }) })], clock })
    const caller = new AbortController()
    const reason = new Error('user left')
    const attempts: number[] = []
    const fail = ({ attempt }: CallContext): never => {
      attempts.push(attempt)
      throw broken
    }
    const ended = line.run(fail, { signal: caller.signal }).catch((error: unknown) => [clock.now(), error])

    await clock.advance(50)
    caller.abort(reason)
    await clock.advance(1_000)

    expect(await ended).toEqual([50, reason])
    expect(attempts).toEqual([0])
    clock.expectIdle()
  })

  it('D4: the timeout of one call aborts neither its neighbours nor the calls that come after', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [circuitBreaker({ clock }), timeout({ ms: 20 })], clock })
    const signals: AbortSignal[] = []
    const take = (ms: number) => (context: CallContext) => {
      signals.push(context.signal)
      return clock.sleep(ms).then(() => ms)
    }
    const slow = line.tryRun(take(1_000))
    await clock.advance(15)
    const healthy = line.run(take(10))
    await clock.advance(10)

    const later = line.run(take(1))
    await clock.advance(2_000)

    expect((await slow).ok).toBe(false)
    expect(await Promise.all([healthy, later])).toEqual([10, 1])
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false, false])
  })

  it('D6: a call that waits in a bulkhead is not overtaken by newcomers', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [bulkhead({ limit: 1, queue: 1 })], clock })
    const order: string[] = []
    const take = (name: string) => () => {
      order.push(name)
      return clock.sleep(10)
    }
    const first = line.run(take('first'))
    const queued = line.run(take('queued'))

    const newcomer = first.then(() => line.run(take('newcomer')))
    await clock.advance(100)
    await Promise.all([queued, newcomer])

    expect(order).toEqual(['first', 'queued', 'newcomer'])
  })

  it('D6: a call that was accepted into the queue is not refused later, whatever arrives', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [bulkhead({ limit: 1, queue: 1 })], clock })
    const take = (): Promise<void> => clock.sleep(10)
    const first = line.run(take)
    const queued = line.tryRun(take)

    const arrivals = first.then(() => Promise.all([line.tryRun(take), line.tryRun(take)]))
    await clock.advance(100)

    expect((await queued).ok).toBe(true)
    expect((await arrivals).map(({ ok }) => ok)).toEqual([true, false])
  })

  it('D9: a listener that throws changes no outcome and runs no work again', async () => {
    const clock = new FakeClock()
    const onEvent = (): never => {
      throw new Error('listener bug')
    }
    const policies = [
      retry({ onEvent, backoff: fixed({ delayMs: 0 }) }),
      circuitBreaker({ onEvent, consecutiveFailures: 5, clock }),
      timeout({ ms: 10, onEvent }),
    ]
    let runs = 0
    const work = (): string => {
      runs++
      if (runs === 1) throw broken
      return 'fine'
    }

    const result = await pipeline({ policies, clock }).run(work)

    expect([result, runs]).toEqual(['fine', 2])
  })

  it('D9: a listener whose promise rejects changes no outcome and leaves no unhandled rejection', async () => {
    const clock = new FakeClock()
    const onEvent: () => unknown = () => Promise.reject(new Error('listener bug'))
    const line = pipeline({ policies: [retry({ maxRetries: 0, onEvent })], clock })

    const outcome = await line.tryRun(() => Promise.reject(broken))
    await clock.settle()

    expect(outcome).toEqual({ ok: false, error: broken })
  })

  it('D11: a timeout outside does not let more work in than the limit', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 10 })
    const line = pipeline({ policies: [timeout({ totalMs: 20 }), slots], clock })
    let running = 0
    let most = 0
    const stubborn = async (): Promise<void> => {
      most = Math.max(most, ++running)
      await clock.sleep(100)
      running--
    }

    const calls = Array.from({ length: 5 }, () => line.tryRun(stubborn))
    await clock.advance(20)
    const outcomes = await Promise.all(calls)
    const heldMeanwhile = slots.active
    await clock.advance(1_000)

    expect(outcomes.map(({ ok }) => ok)).toEqual([false, false, false, false, false])
    expect([most, heldMeanwhile, slots.active]).toEqual([1, 1, 0])
  })

  it('D12: work that returns undefined succeeds', async () => {
    const clock = new FakeClock()
    const policies = [retry(), circuitBreaker({ clock }), bulkhead(), timeout({ ms: 10 })]

    const outcome = await pipeline({ policies, clock }).tryRun(() => undefined)

    expect(outcome).toEqual({ ok: true, value: undefined })
    clock.expectIdle()
  })

  it('D12: two calls through one pipeline never get each other’s answer', async () => {
    const clock = new FakeClock()
    const order = pipeline({ policies: [timeout({ ms: 50 })], clock }).wrap(async (id: number) => {
      await clock.sleep(10 - id)
      return `order-${id}`
    })

    const orders = [order(1), order(2)]
    await clock.advance(20)

    expect(await Promise.all(orders)).toEqual(['order-1', 'order-2'])
  })

  it('D15: an abort by the caller is reported as its reason, and no timeout is counted', async () => {
    const clock = new FakeClock()
    const limit = timeout({ ms: 100 })
    const caller = new AbortController()
    const reason = new Error('user left')
    const ended = pipeline({ policies: [limit], clock }).tryRun(({ signal }) => clock.sleep(1_000, signal), {
      signal: caller.signal,
    })

    await clock.advance(50)
    caller.abort(reason)
    await clock.advance(1_000)

    expect(await ended).toEqual({ ok: false, error: reason })
    expect(limit.timedOut).toBe(0)
  })

  it('D15: work that ignores the signal still times out on time', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [timeout({ ms: 20 })], clock })
    const ended = line
      .run(() => clock.sleep(201))
      .catch((error: unknown) => [clock.now(), isTimeoutError(error)])

    await clock.advance(500)

    expect(await ended).toEqual([20, true])
  })

  it('D15: the work sees why it is to stop: the timeout of ours, not an abort of the caller', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const work = async ({ signal }: CallContext): Promise<unknown> => {
      await clock.sleep(1_000, signal).catch(() => undefined)
      return signal.reason
    }
    const answers: unknown[] = []
    const line = pipeline({ policies: [fallback(() => 'degraded'), timeout({ ms: 20 })], clock })
    const answered = line.run((context) => work(context).then((reason) => answers.push(reason)), {
      signal: caller.signal,
    })

    await clock.advance(20)

    expect(await answered).toBe('degraded')
    expect(answers.map(isTimeoutError)).toEqual([true])
    expect(caller.signal.aborted).toBe(false)
  })
})
