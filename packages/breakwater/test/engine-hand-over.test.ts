import { describe, expect, it } from 'vitest'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { hedge } from '../src/hedge/hedge.ts'
import { pipeline } from '../src/pipeline/pipeline.ts'
import type { Policy } from '../src/pipeline/policy.ts'
import { concurrencyLimiter } from '../src/concurrency-limiter/concurrency-limiter.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'
import { timeout } from '../src/timeout/timeout.ts'
import { gate } from '../src/pipeline/level.ts'

/** Work that answers after so long. */
const lasting = (clock: FakeClock, ms: number) => (): Promise<string> => clock.sleep(ms).then(() => 'v')

describe('pipeline engine, when user code comes in between', () => {
  it('a policy of the user that throws on the way in fails the call, and the levels outside it are left', async () => {
    const slots = bulkhead({ limit: 1 })
    const broken: Policy = {
      kind: 'broken',
      name: 'broken',
      compile: () =>
        gate({
          enter: () => {
            throw new Error('boom')
          },
        }),
      stats: () => ({ counters: {}, gauges: {} }),
    }
    const outcome = await pipeline({ policies: [slots, broken] }).tryRun(() => 'never')

    expect(outcome).toMatchObject({ ok: false, error: { message: 'boom' } })
    expect(slots.active).toBe(0)
  })

  it('a hedge that waits for a slot is not started for a call that has its answer', async () => {
    const clock = new FakeClock()
    let starts = 0
    const line = pipeline({ policies: [hedge({ delay: 5 }), bulkhead({ limit: 1, queue: 5 })], clock })
    const answer = line.run(() => {
      starts++
      return lasting(clock, 10)()
    })
    await clock.advance(50)

    expect([await answer, starts]).toEqual(['v', 1])
  })

  it('a call that cancels itself in the middle of its deadline ends once', async () => {
    const clock = new FakeClock()
    let ends = 0
    const watch = timeout({ ms: 5, track: true })
    const observer = {
      callStarted: () => 0,
      callEnded: () => void ends++,
      attemptFailed: () => undefined,
    }
    const outcome = pipeline({ policies: [watch], clock, observer }).tryRun(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            watch.inFlight().forEach(({ id }) => watch.cancel(id))
            reject(new Error('late'))
          })
        }),
    )
    await clock.advance(20)

    expect((await outcome).ok).toBe(false)
    expect(ends).toBe(1)
  })

  it('a call that is cancelled while its own work starts another is not mixed up with that one', async () => {
    const clock = new FakeClock()
    const watch = timeout({ ms: 5, track: true })
    const outer = pipeline({ policies: [watch], clock })
    const inner = pipeline({ policies: [bulkhead({ limit: 1 })], clock })
    let nested: Promise<string> | undefined
    const outcome = await outer.tryRun(() => {
      nested = inner.run(() => {
        watch.inFlight().forEach(({ id }) => watch.cancel(id, 'drill'))
        return 'of the inner call'
      })
      return 'of the outer call'
    })

    expect(await nested).toBe('of the inner call')
    expect(outcome).toMatchObject({ ok: false, error: { code: 'CALL_CANCELLED' } })
  })

  it.each([
    ['bulkhead', (onEvent: () => void) => bulkhead({ limit: 1, queue: 1, maxWaitMs: 10, onEvent })],
    [
      'concurrency limiter',
      (onEvent: () => void) =>
        concurrencyLimiter({
          ...{ initialLimit: 1, minLimit: 1, maxLimit: 1 },
          queue: 1,
          maxWaitMs: 10,
          onEvent,
        }),
    ],
  ])('a listener that aborts the call which a %s turns away ends it once', async (_, make) => {
    const clock = new FakeClock()
    const gone = new AbortController()
    const policy = make(() => gone.abort(new Error('gone')))
    const line = pipeline({ policies: [policy], clock })
    const first = line.run(lasting(clock, 100))
    const second = line.tryRun(() => 'never', { signal: gone.signal })
    await clock.advance(20)
    const third = line.tryRun(() => 'never')
    await clock.advance(200)

    expect(await first).toBe('v')
    expect(await second).toMatchObject({ ok: false, error: { message: 'gone' } })
    expect((await third).ok).toBeTypeOf('boolean')
    expect([policy.active, policy.queued]).toEqual([0, 0])
  })
})
