import { expect, test } from 'vitest'
import type { Tick } from './clock/coarse-tick.ts'
import { limit, type LimitParts, type LimitWork } from './limit.ts'
import { circuitIsOpen, LimitBreaker } from './limit/breaker.ts'
import { Flights, tookTooLong } from './limit/flight.ts'
import { bulkheadIsFull, LimitSemaphore } from './limit/semaphore.ts'

const failure = new Error('failed')
const failing: LimitWork = async () => {
  throw failure
}
const breakerSettings = { failureRatio: 0.5, minimumCalls: 4, windowMs: 10_000, openMs: 30 }

/** A tick that moves when it is told to. */
class HandTick implements Tick {
  now = 1_000
  readonly #listeners: (() => void)[] = []

  onTick(listener: () => void): void {
    this.#listeners.push(listener)
  }

  async sleep(ms: number): Promise<void> {
    this.advance(ms)
  }

  advance(ms: number): void {
    this.now += ms
    for (const listener of this.#listeners) listener()
  }
}

const tick = new HandTick()

function parts(changes: Partial<LimitParts> = {}): LimitParts {
  return {
    ...{ totalMs: 1_000, attemptMs: 500, maxRetries: 0, delayMs: () => 0, isRetryable: () => true },
    flights: new Flights(tick),
    breaker: new LimitBreaker(breakerSettings),
    semaphore: new LimitSemaphore(1, 1),
    fallback: (error) => ({ insteadOf: error }),
    ...changes,
  }
}

/** Work that goes on until it is told to end. */
function openEnded(): { work: LimitWork; end: (value: unknown) => void; started: () => number } {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  let starts = 0
  const work: LimitWork = () => {
    starts++
    return promise
  }
  return { work, end: resolve, started: () => starts }
}

test('limit() gives the value of work that succeeds', async () => {
  expect(await limit(async () => 'value', parts())).toBe('value')
})

test('limit() tries again until the work succeeds', async () => {
  let attempts = 0
  const work: LimitWork = async () => {
    if (++attempts < 3) throw failure
    return attempts
  }

  expect(await limit(work, parts({ maxRetries: 2 }))).toBe(3)
})

test('limit() answers with the fallback after the last retry, or at once when an error is not retryable', async () => {
  expect(await limit(failing, parts({ maxRetries: 1 }))).toEqual({ insteadOf: failure })
  expect(await limit(failing, parts({ maxRetries: 1, isRetryable: () => false }))).toEqual({
    insteadOf: failure,
  })
})

test('limit() opens the circuit at the ratio, refuses, tries once after the open time and closes', async () => {
  const shared = parts()
  for (let i = 0; i < 4; i++) await limit(failing, shared)

  expect(await limit(async () => 'value', shared)).toEqual({ insteadOf: circuitIsOpen })
  tick.advance(breakerSettings.openMs)
  const trial = openEnded()
  const first = limit(trial.work, shared)
  expect(await limit(async () => 'value', shared)).toEqual({ insteadOf: circuitIsOpen })
  trial.end('closed')
  expect(await first).toBe('closed')
  expect(await limit(async () => 'value', shared)).toBe('value')
})

test('limit() lets the caller go at the deadline, aborts the signal, and holds the place until the work ends', async () => {
  const shared = parts({ semaphore: new LimitSemaphore(1, 0) })
  const stuck = openEnded()
  let signal: AbortSignal | undefined
  const call = limit((context) => {
    signal = context.signal
    return stuck.work(context)
  }, shared)

  tick.advance(499)
  expect(await Promise.race([call, Promise.resolve('pending')])).toBe('pending')
  tick.advance(1)
  expect(await call).toEqual({ insteadOf: tookTooLong })
  expect(signal?.reason).toBe(tookTooLong)
  expect(await limit(async () => 'value', shared)).toEqual({ insteadOf: bulkheadIsFull })
  stuck.end('late')
  await stuck.work(new AbortController())
  expect(await limit(async () => 'value', shared)).toBe('value')
})

test('limit() lets calls wait in order, and no longer than the total timeout', async () => {
  const shared = parts({ totalMs: 400 })
  const stuck = openEnded()
  const running = limit(stuck.work, shared)
  const never = openEnded()
  const waiting = limit(never.work, shared)
  tick.advance(400)

  expect(await Promise.all([running, waiting])).toEqual(Array(2).fill({ insteadOf: tookTooLong }))
  stuck.end('late')
  await stuck.work(new AbortController())
  expect(await limit(async () => 'value', shared)).toBe('value')
  expect(never.started()).toBe(0)
})

test('limit() does not wait for an attempt that would begin after the total timeout', async () => {
  const startOfLast = tick.now
  const call = limit(failing, parts({ maxRetries: 5, delayMs: () => 300 }))

  expect(await call).toEqual({ insteadOf: failure })
  expect(tick.now).toBe(startOfLast + 900)
})
