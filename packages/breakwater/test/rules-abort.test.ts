import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { circuitBreaker } from '../src/circuit-breaker/circuit-breaker.ts'
import { fallback } from '../src/fallback/fallback.ts'
import type { CallContext } from '../src/pipeline/call-context.ts'
import { pipeline, type Pipeline } from '../src/pipeline/pipeline.ts'
import { fixed } from '../src/retry/backoff.ts'
import { retry } from '../src/retry/retry.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'
import { timeout } from '../src/timeout/timeout.ts'

const broken = new Error('broken')
const reason = new Error('user left')

/** All five policies around work. */
function fullPipeline(clock: FakeClock): Pipeline {
  const policies = [
    timeout({ totalMs: 1_000 }),
    retry({ maxRetries: 1, backoff: fixed({ delayMs: 100 }) }),
    circuitBreaker({ clock }),
    bulkhead({ limit: 1, queue: 1 }),
    timeout({ ms: 200 }),
  ]
  return pipeline({ policies, clock })
}

function listenersOf(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length
}

function throwAtOnce(): never {
  throw broken
}

describe('abort by the caller', () => {
  it('Rule 3: a signal that has aborted already starts no work and is rejected with its reason', async () => {
    const clock = new FakeClock()
    let runs = 0

    const outcome = await fullPipeline(clock).tryRun(() => ++runs, { signal: AbortSignal.abort(reason) })

    expect(outcome).toEqual({ ok: false, error: reason })
    expect(runs).toBe(0)
  })

  it('Rule 3: an abort in the queue of a bulkhead ends the call at once and frees its place', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 1 })
    const line = pipeline({ policies: [slots], clock })
    const caller = new AbortController()
    const running = line.run(() => clock.sleep(100))
    const started: string[] = []
    const queued = line.tryRun(() => started.push('queued'), { signal: caller.signal })

    caller.abort(reason)
    const outcome = await queued
    const queuedAfterwards = slots.queued
    const next = line.run(() => started.push('next'))
    await clock.advance(100)
    await Promise.all([running, next])

    expect(outcome).toEqual({ ok: false, error: reason })
    expect(queuedAfterwards).toBe(0)
    expect(started).toEqual(['next'])
  })

  it('Rule 3: an abort while the work runs reaches the work with the same reason', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const seen: unknown[] = []
    const outcome = fullPipeline(clock).tryRun(
      ({ signal }) => clock.sleep(10_000, signal).catch((error: unknown) => seen.push(error)),
      { signal: caller.signal },
    )

    await clock.advance(10)
    caller.abort(reason)

    expect(await outcome).toEqual({ ok: false, error: reason })
    expect(seen).toEqual([reason])
    clock.expectIdle()
  })

  it('Rule 3: a reason that is no error is kept as it is', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const ended = fullPipeline(clock).tryRun(() => clock.sleep(100), { signal: caller.signal })

    caller.abort('tab closed')
    const outcome = await ended
    await clock.advance(100)

    expect(outcome).toEqual({ ok: false, error: 'tab closed' })
  })

  it('Rule 3: an abort while a fallback answers ends the call, and the answer that comes late is dropped', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const answer = fallback(() => clock.sleep(50).then(() => 'late'))
    const outcome = pipeline({ policies: [answer], clock }).tryRun(() => Promise.reject(broken), {
      signal: caller.signal,
    })
    await clock.advance(10)

    caller.abort(reason)
    const ended = await outcome
    await clock.advance(100)

    expect(ended).toEqual({ ok: false, error: reason })
    expect(answer.used).toBe(0)
  })

  it('Rule 3: a retry without a wait does not run the work again once the caller has aborted', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const line = pipeline({ policies: [retry({ maxRetries: 5, backoff: fixed({ delayMs: 0 }) })], clock })
    let runs = 0
    const work = (): never => {
      runs++
      caller.abort(reason)
      throw broken
    }

    const outcome = await line.tryRun(work, { signal: caller.signal })

    expect(outcome).toEqual({ ok: false, error: reason })
    expect(runs).toBe(1)
  })

  it('Rule 3: a call that waited is not started when another listener of its signal frees the slot', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1, queue: 1 })
    const permit = slots.tryAcquire()
    const caller = new AbortController()
    caller.signal.addEventListener('abort', () => permit?.release())
    let runs = 0
    const waiting = pipeline({ policies: [slots], clock }).tryRun(() => ++runs, { signal: caller.signal })

    caller.abort(reason)

    expect(await waiting).toEqual({ ok: false, error: reason })
    expect([runs, slots.active, slots.queued]).toEqual([0, 0, 0])
  })

  it('Rule 3: the work that aborts its own caller and calls on gets its inner result, the caller the reason', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [timeout({ ms: 100 })], clock })
    const caller = new AbortController()
    const inner: Promise<string>[] = []
    const outer = line.tryRun(
      () => {
        caller.abort(reason)
        inner.push(line.run(() => 'inner'))
      },
      { signal: caller.signal },
    )

    expect(await Promise.all(inner)).toEqual(['inner'])
    expect(await outer).toEqual({ ok: false, error: reason })
    clock.expectIdle()
  })

  it('Rule 3: a listener that aborts the call whose failure opened the circuit corrupts no later call', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const breaker = circuitBreaker({
      consecutiveFailures: 1,
      clock,
      onEvent: () => caller.abort(reason),
    })
    const line = pipeline({ policies: [breaker], clock })
    const free = pipeline({ policies: [], clock })
    const first = line.tryRun(() => Promise.reject(broken), { signal: caller.signal })
    await clock.settle()

    const later = await free.run(() => 'later')

    expect((await first).ok).toBe(false)
    expect(later).toBe('later')
  })
})

describe('listeners on the caller’s signal', () => {
  const endings: readonly [string, (context: CallContext, clock: FakeClock) => unknown][] = [
    ['a value at once', () => 'fine'],
    ['a value later', (_, clock) => clock.sleep(10)],
    ['a rejection', () => Promise.reject(broken)],
    ['a throw at once', throwAtOnce],
    ['a timeout of obedient work', ({ signal }, clock) => clock.sleep(5_000, signal)],
    ['a timeout of stubborn work', (_, clock) => clock.sleep(5_000)],
  ]

  it.each(endings)('Rule 4: none is left after %s', async (_, work) => {
    const clock = new FakeClock()
    const caller = new AbortController()

    const ended = fullPipeline(clock).tryRun((context) => work(context, clock), { signal: caller.signal })
    await clock.advance(60_000)
    await ended

    expect(listenersOf(caller.signal)).toBe(0)
    clock.expectIdle()
  })

  it('Rule 4: none is left after a refusal', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const slots = bulkhead({ limit: 1 })
    slots.tryAcquire()

    const outcome = await pipeline({ policies: [slots], clock }).tryRun(() => 1, { signal: caller.signal })

    expect(outcome.ok).toBe(false)
    expect(listenersOf(caller.signal)).toBe(0)
  })

  it('Rule 4: none is left after an abort', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const ended = fullPipeline(clock).tryRun(({ signal }) => clock.sleep(100, signal), {
      signal: caller.signal,
    })
    const whileRunning = listenersOf(caller.signal)

    caller.abort(reason)
    await ended

    expect([whileRunning, listenersOf(caller.signal)]).toEqual([1, 0])
  })

  it('Rule 4: a signal that outlives ten thousand calls never carries more than those in flight', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [timeout({ ms: 100 })], clock })
    const { signal } = new AbortController()
    let most = 0

    for (let i = 0; i < 10_000; i++) {
      await line.run(() => (most = Math.max(most, listenersOf(signal))), { signal })
    }

    expect([most, listenersOf(signal)]).toEqual([1, 0])
  })
})
