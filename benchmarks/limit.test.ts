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
  expect(await limit(parts())(async () => 'value')).toBe('value')
})

test('limit() tries again until the work succeeds', async () => {
  let attempts = 0
  const work: LimitWork = async () => {
    if (++attempts < 3) throw failure
    return attempts
  }

  expect(await limit(parts({ maxRetries: 2 }))(work)).toBe(3)
})

test('limit() answers with the fallback after the last retry, or at once when an error is not retryable', async () => {
  const instead = { insteadOf: failure }

  expect(await limit(parts({ maxRetries: 1 }))(failing)).toEqual(instead)
  expect(await limit(parts({ maxRetries: 1, isRetryable: () => false }))(failing)).toEqual(instead)
})

test('limit() opens the circuit at the ratio, refuses, tries once after the open time and closes', async () => {
  const run = limit(parts())
  for (let i = 0; i < 4; i++) await run(failing)

  expect(await run(async () => 'value')).toEqual({ insteadOf: circuitIsOpen })
  tick.advance(breakerSettings.openMs)
  const trial = openEnded()
  const first = run(trial.work)
  expect(await run(async () => 'value')).toEqual({ insteadOf: circuitIsOpen })
  trial.end('closed')
  expect(await first).toBe('closed')
  expect(await run(async () => 'value')).toBe('value')
})

test('limit() lets the caller go at the deadline, aborts the signal, and holds the place until the work ends', async () => {
  const run = limit(parts({ semaphore: new LimitSemaphore(1, 0) }))
  const stuck = openEnded()
  let signal: AbortSignal | undefined
  const call = run((context) => {
    signal = context.signal
    return stuck.work(context)
  })

  tick.advance(499)
  expect(await Promise.race([call, Promise.resolve('pending')])).toBe('pending')
  tick.advance(1)
  expect(await call).toEqual({ insteadOf: tookTooLong })
  expect(signal?.reason).toBe(tookTooLong)
  expect(await run(async () => 'value')).toEqual({ insteadOf: bulkheadIsFull })
  stuck.end('late')
  await stuck.work(new AbortController())
  expect(await run(async () => 'value')).toBe('value')
})

test('limit() tries again after an attempt that took too long, and its late end settles nothing', async () => {
  const run = limit(parts({ maxRetries: 1, semaphore: new LimitSemaphore(2, 0) }))
  const [slow, second, other] = [openEnded(), openEnded(), openEnded()]
  const works = [slow.work, second.work]
  const call = run((context) => (works.shift() ?? failing)(context))

  tick.advance(500)
  slow.end('late')
  await slow.work(new AbortController())
  const next = run(other.work)
  second.end('second')
  other.end('other')
  expect(await Promise.all([call, next])).toEqual(['second', 'other'])
})

test('limit() gives each attempt a signal of its own, also when the work keeps it', async () => {
  const run = limit(parts())
  const kept: { readonly signal: AbortSignal }[] = []
  await run(async (context) => kept.push(context))
  const stuck = openEnded()
  const call = run((context) => {
    kept.push(context)
    return stuck.work(context)
  })

  tick.advance(500)
  expect(await call).toEqual({ insteadOf: tookTooLong })
  expect(kept.map(({ signal }) => signal.aborted)).toEqual([false, true])
  stuck.end('late')
})

test('limit() lets calls wait in order, and no longer than the total timeout', async () => {
  const run = limit(parts({ totalMs: 400 }))
  const stuck = openEnded()
  const running = run(stuck.work)
  const never = openEnded()
  const waiting = run(never.work)
  tick.advance(400)

  expect(await Promise.all([running, waiting])).toEqual(Array(2).fill({ insteadOf: tookTooLong }))
  stuck.end('late')
  await stuck.work(new AbortController())
  expect(await run(async () => 'value')).toBe('value')
  expect(never.started()).toBe(0)
})

test('limit() does not wait for an attempt that would begin after the total timeout', async () => {
  const startOfLast = tick.now
  const call = limit(parts({ maxRetries: 5, delayMs: () => 300 }))(failing)

  expect(await call).toEqual({ insteadOf: failure })
  expect(tick.now).toBe(startOfLast + 900)
})
