import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { AdaptiveLimitOptions } from './adaptive-limit-options.ts'
import type { Timeout } from './timeout-api.ts'
import { timeout } from './timeout.ts'

const adaptive: AdaptiveLimitOptions = { ceilingMs: 1_000, warmUpCalls: 10, percentile: 0.9 }

/** Runs calls of a given duration one after the other; how many succeeded. */
async function runCalls(limit: Timeout, clock: FakeClock, durations: readonly number[]): Promise<number> {
  const line = pipeline({ policies: [limit], clock })
  let succeeded = 0
  for (const ms of durations) {
    const ended = line.tryRun(() => clock.sleep(ms))
    await clock.advance(ms + 1)
    if ((await ended).ok) succeeded++
  }
  return succeeded
}

const times = (count: number, ms: number): number[] => new Array<number>(count).fill(ms)

describe('timeout({ adaptive })', () => {
  it.each([
    [9, 1_000],
    [10, 83],
    [11, 83],
  ])('with a warm-up of 10 calls has, after %d of 40 ms, a limit of %d ms', async (calls, limitMs) => {
    const clock = new FakeClock()
    const limit = timeout({ adaptive })

    await runCalls(limit, clock, times(calls, 40))

    expect(limit.limitMs).toBe(limitMs)
  })

  it('is the percentile times the factor: one call in ten may be slower than it says', async () => {
    const clock = new FakeClock()
    const limit = timeout({ adaptive: { ...adaptive, factor: 3 } })

    await runCalls(limit, clock, [...times(18, 20), 200, 300])

    expect(limit.limitMs).toBe(61)
  })

  it.each([
    [1, 25],
    [40, 83],
    [400, 500],
  ])(
    'calls of %d ms give a limit of %d ms between a floor of 25 and a ceiling of 500',
    async (ms, limitMs) => {
      const clock = new FakeClock()
      const limit = timeout({ adaptive: { ...adaptive, floorMs: 25, ceilingMs: 500 } })

      await runCalls(limit, clock, times(20, ms))

      expect(Math.abs(limit.limitMs - limitMs) / limitMs).toBeLessThan(0.05)
      expect(limit.limitMs).toBeGreaterThanOrEqual(25)
      expect(limit.limitMs).toBeLessThanOrEqual(500)
    },
  )

  it('ends a call at the learned limit', async () => {
    const clock = new FakeClock()
    const limit = timeout({ adaptive })
    await runCalls(limit, clock, times(10, 40))
    const before = clock.now()
    const ended = pipeline({ policies: [limit], clock })
      .run(() => clock.sleep(500))
      .catch(() => clock.now() - before)

    await clock.advance(500)

    expect(await ended).toBe(83)
  })

  it('follows a dependency that became slower than the limit, up from the calls that it cut', async () => {
    const clock = new FakeClock()
    const limit = timeout({ adaptive: { ...adaptive, windowMs: 1_000 } })
    await runCalls(limit, clock, times(20, 40))

    const firstOnes = await runCalls(limit, clock, times(5, 300))
    await runCalls(limit, clock, times(40, 300))
    const lastOnes = await runCalls(limit, clock, times(5, 300))

    expect([firstOnes, lastOnes]).toEqual([0, 5])
  })

  it('counts a call that it cut with the limit that cut it', async () => {
    const clock = new FakeClock()
    const limit = timeout({ adaptive: { ...adaptive, windowMs: 100_000 } })
    await runCalls(limit, clock, times(10, 40))
    const learned = limit.limitMs
    await runCalls(limit, clock, times(5, 300))

    await clock.advance(10_000)

    // A third of the calls took 83 ms, as far as it can tell: so does the slowest tenth, and twice that is the limit.
    expect([learned, Math.round(limit.limitMs / 10)]).toEqual([83, 17])
  })

  it('does not count a call that it cut as no time was left to the caller, nor one that was cancelled', async () => {
    const clock = new FakeClock()
    let left: number | undefined = undefined
    const learning = { ...adaptive, windowMs: 100_000 }
    const limit = timeout({ adaptive: learning, propagate: true, track: true, remainingMs: () => left })
    await runCalls(limit, clock, times(10, 40))
    left = 60
    await runCalls(limit, clock, times(20, 300))
    for (let i = 0; i < 20; i++) {
      const call = pipeline({ policies: [limit], clock }).tryRun(() => clock.sleep(1_000))
      await clock.advance(50)
      for (const { id } of limit.inFlight()) limit.cancel(id)
      await call
    }

    await clock.advance(10_000)

    expect([limit.timedOut, limit.limitMs]).toEqual([20, 83])
  })

  it('does not count failures, which may be quick, nor what the caller cut', async () => {
    const clock = new FakeClock()
    const limit = timeout({ adaptive })
    const line = pipeline({ policies: [limit], clock })
    const signal = AbortSignal.abort()
    const fails = Array.from({ length: 20 }, () => line.tryRun(() => Promise.reject(new Error('broken'))))
    const aborts = Array.from({ length: 20 }, () => line.tryRun(() => 1, { signal }))

    await Promise.all([...fails, ...aborts])

    expect(limit.limitMs).toBe(1_000)
  })

  it('is at the ceiling again after two windows without a call', async () => {
    const clock = new FakeClock()
    const limit = timeout({ adaptive: { ...adaptive, windowMs: 1_000 } })
    await runCalls(limit, clock, times(10, 40))
    const learned = limit.limitMs

    await clock.advance(2_000)

    expect([learned, limit.limitMs]).toEqual([83, 1_000])
  })

  it.each([
    [{ ceilingMs: 0 }, "'ceilingMs' must be a number > 0"],
    [{ ceilingMs: 5 }, "'floorMs' must be at most 'ceilingMs': current values are 10 and 5"],
    [{ ceilingMs: 100, percentile: 0 }, "'percentile' must be a number > 0"],
    [{ ceilingMs: 100, percentile: 1 }, "'percentile' must be below 1"],
    [{ ceilingMs: 100, factor: 0.99 }, "'factor' must be a number >= 1"],
    [{ ceilingMs: 100, warmUpCalls: 0 }, "'warmUpCalls' must be an integer >= 1"],
    [{ ceilingMs: 100, calls: 1 }, "'calls' is not an option of it"],
    [{}, "'adaptive.ceilingMs' must be given"],
  ])('refuses %j', (options, message) => {
    expect(() => timeout({ adaptive: options as AdaptiveLimitOptions })).toThrow(message)
  })

  it.each([
    [{}],
    [{ ms: 1, adaptive }],
    [{ ms: 1, totalMs: 1 }],
    [{ ms: 1, propagate: true }],
    [{ ms: 1, remainingMs: () => 1 }],
  ])('refuses limits that say too little or too much: %j', (options) => {
    expect(() => timeout(options)).toThrow(TypeError)
  })
})
