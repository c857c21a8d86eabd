import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { authentication } from './authentication.ts'
import type { RetryEvent } from './retry-events.ts'
import { retry } from './retry.ts'
import { transientErrors } from './transient-errors.ts'

const denied = Object.assign(new Error('denied'), { status: 401 })

/** A service that refuses every call, and a refresh that ends as it is told. */
function scene(options: { readonly totalMs?: number; readonly initialMs?: number } = {}) {
  const clock = new FakeClock()
  const events: RetryEvent[] = []
  const refreshes: PromiseWithResolvers<void>[] = []
  const refresh = (): Promise<void> => {
    const one = Promise.withResolvers<void>()
    refreshes.push(one)
    return one.promise
  }
  const { initialMs = 0, ...rest } = options
  const rule = authentication({ refresh, initialMs, jitter: 'none', refreshTimeoutMs: 100 })
  const rules = [transientErrors(), rule]
  const policy = retry({ rules, onEvent: (event) => events.push(event), ...rest })
  const line = pipeline({ policies: [policy], clock })
  /** A call whose first attempt is denied after a time; it gives the time of its second. */
  const call = (ms: number): Promise<unknown> =>
    line.tryRun(async ({ attempt }) => {
      if (attempt > 0) return clock.now()
      await clock.sleep(ms)
      throw denied
    })
  return { clock, events, refreshes, call }
}

describe('authentication() refreshes', () => {
  it.each([
    [60, 1_100],
    [99, 1_100],
  ])('whose %i ms count for a wait of 100 ms, at any time of the clock', async (refreshMs, expected) => {
    const { clock, refreshes, call } = scene({ initialMs: 100 })
    await clock.advance(1_000)
    const ended = call(0)
    await clock.advance(refreshMs)
    refreshes[0]?.resolve()
    await clock.advance(1_000)

    expect(await ended).toEqual({ ok: true, value: expected })
  })

  it.each([
    [100, { ok: true, value: 100 }],
    [99, { ok: false, error: denied }],
  ])(
    'of 40 ms leave 60 of a wait of 100 ms: with a total of %i ms the call ends with %o',
    async (totalMs, expected) => {
      const { clock, refreshes, call } = scene({ initialMs: 100, totalMs })
      const ended = call(0)
      await clock.advance(40)
      refreshes[0]?.resolve()
      await clock.advance(1_000)

      expect(await ended).toEqual(expected)
    },
  )

  it('that are given up tell how long they took', async () => {
    const { clock, events, call } = scene()
    void call(0)
    await clock.advance(100)

    expect(events.at(-1)).toMatchObject({
      type: 'RetryPreparationFailed',
      failure: { code: 'REFRESH_TIMEOUT', message: 'Refresh took longer than 100 ms' },
    })
  })

  it('that are given up are not done, also when they end later', async () => {
    const { clock, refreshes, call } = scene()
    void call(0)
    await clock.advance(100)
    const later = call(60)
    await clock.advance(50)
    refreshes[0]?.resolve()
    await clock.advance(10)
    const begun = refreshes.length
    refreshes[1]?.resolve()
    await clock.advance(10)

    expect([begun, await later]).toEqual([2, { ok: true, value: 160 }])
  })

  it('that fail are not done: the next call that is denied begins anew', async () => {
    const { clock, refreshes, call } = scene()
    void call(0)
    await clock.advance(5)
    void call(15)
    await clock.advance(5)
    refreshes[0]?.reject(new Error('no'))
    await clock.advance(10)

    expect(refreshes).toHaveLength(2)
  })
})
