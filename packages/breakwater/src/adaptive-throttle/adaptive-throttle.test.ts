import { describe, expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import type { Criticality } from '../pipeline/call-context.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import type { AdaptiveThrottle } from './adaptive-throttle-api.ts'
import { isThrottledError, ThrottledError } from './adaptive-throttle-errors.ts'
import type { ThrottleEvent } from './adaptive-throttle-events.ts'
import type { AdaptiveThrottleOptions } from './adaptive-throttle-options.ts'
import { adaptiveThrottle } from './adaptive-throttle.ts'

const busy = Object.assign(new Error('busy'), { status: 503 })

function scene(options: AdaptiveThrottleOptions = {}): {
  clock: FakeClock
  throttle: AdaptiveThrottle
  events: ThrottleEvent[]
} {
  const clock = new FakeClock()
  const events: ThrottleEvent[] = []
  const onEvent = (event: ThrottleEvent): void => void events.push(event)
  const throttle = adaptiveThrottle({ clock, random: { next: () => 0.5 }, onEvent, ...options })
  return { clock, throttle, events }
}

const fail = (error: unknown) => (): never => {
  throw error
}

async function repeat(throttle: AdaptiveThrottle, times: number, work: () => unknown): Promise<void> {
  for (let i = 0; i < times; i++) await throttle.run(work).catch(() => undefined)
}

describe('adaptiveThrottle()', () => {
  it('sheds nothing while the dependency accepts at least one of k', async () => {
    const { throttle } = scene({ random: { next: () => 0 } })
    await repeat(throttle, 50, () => 1)
    await repeat(throttle, 50, fail(busy))

    expect([throttle.ratio, throttle.admitted, throttle.rejected]).toEqual([0, 100, 0])
  })

  it('sheds with an error that says what it knows', async () => {
    const { throttle } = scene({ name: 'inventory' })
    await repeat(throttle, 10, fail(busy))

    const error = await throttle.run(() => 1).catch((thrown: unknown) => thrown)

    expect(error).toBeInstanceOf(ThrottledError)
    expect(isThrottledError(error)).toBe(true)
    expect(error).toMatchObject({
      ...{ name: 'ThrottledError', code: 'THROTTLED', policy: 'inventory' },
      ...{ criticality: 'normal', ratio: 0.9, requests: 10, accepts: 0 },
      message: "Throttle 'inventory' shed the call: 0 of 10 were accepted, 90 % of normal calls are shed",
    })
  })

  it('sheds the share that it says: chance decides call by call', async () => {
    const { throttle } = scene({ random: seededRandom(7) })
    await repeat(throttle, 100, () => 1)
    const before = throttle.admitted
    await repeat(throttle, 20_000, fail(busy))

    // Each admitted call fails: 0.9 at most is shed, and so close to a tenth goes through.
    expect((throttle.admitted - before) / 20_000).toBeGreaterThan(0.09)
    expect((throttle.admitted - before) / 20_000).toBeLessThan(0.13)
  })

  it('comes back when the dependency does, and says how long it shed', async () => {
    const { clock, throttle, events } = scene({ windowMs: 12_000 })
    await repeat(throttle, 20, fail(busy))
    const shedding = throttle.ratio

    await clock.advance(12_000)
    await repeat(throttle, 1, () => 1)

    expect([shedding, throttle.ratio]).toEqual([0.9, 0])
    expect(events).toEqual([
      { type: 'ThrottleStarted', policy: 'adaptive-throttle', ratio: 0.9, requests: 10, accepts: 0 },
      { type: 'ThrottleEnded', policy: 'adaptive-throttle', shed: 10, afterMs: 12_000 },
    ])
  })

  it('sheds low before normal, and critical last', async () => {
    const { throttle } = scene({ random: { next: () => 0.99 } })
    const mix: Criticality[] = ['low', 'normal', 'high', 'critical']
    const answer =
      (accepted: boolean): ((criticality: Criticality) => void) =>
      (criticality) => {
        const permit = throttle.tryAcquire(criticality)
        if (accepted) permit?.accept()
        else permit?.reject()
      }
    for (let i = 0; i < 25; i++) mix.forEach(answer(false))
    for (let i = 0; i < 10; i++) mix.forEach(answer(true))

    const ratios = mix.map((criticality) => Number(throttle.ratioOf(criticality).toFixed(2)))

    // 40 of 140 accepted: 60 of 140 are to go, 31.5 of the 35 low ones and 28 of the 35 normal ones.
    expect(ratios).toEqual([0.9, 0.8, 0, 0])
  })

  it.each([
    { what: 'a success', work: () => 1, counts: [1, 1] },
    { what: 'an error that is an answer', work: fail(new Error('not found')), counts: [1, 1] },
    { what: 'HTTP 503', work: fail(busy), counts: [1, 0] },
    { what: 'HTTP 429', work: fail({ statusCode: 429 }), counts: [1, 0] },
    { what: 'a refused connection', work: fail({ cause: { code: 'ECONNREFUSED' } }), counts: [1, 0] },
    { what: 'AbortSignal.timeout', work: fail(new DOMException('late', 'TimeoutError')), counts: [1, 0] },
  ])('counts $what as requests and accepts $counts', async ({ work, counts }) => {
    const { throttle } = scene()

    await throttle.run<unknown>(work).catch(() => undefined)

    const { requests, accepts } = throttle.stats().gauges
    expect([requests, accepts]).toEqual(counts)
  })

  it('a timeout inside counts as not accepted; refusals inside and aborts do not count', async () => {
    const { clock, throttle } = scene()
    const full = bulkhead({ limit: 1 })
    full.tryAcquire()
    const caller = new AbortController()
    const late = pipeline({ policies: [throttle, timeout({ ms: 10 })], clock }).tryRun(() => clock.sleep(100))
    const refused = pipeline({ policies: [throttle, full], clock }).tryRun(() => 1)
    const aborted = throttle.run(() => clock.sleep(100), { signal: caller.signal }).catch(() => 0)

    caller.abort()
    await clock.advance(100)
    await Promise.all([late, refused, aborted])

    expect(throttle.stats().gauges).toMatchObject({ requests: 1, accepts: 0 })
    expect(throttle.stats().counters).toEqual({ admitted: 3, rejected: 0, accepted: 0, refused: 1 })
  })

  it('calls that still run do not count: a slow start is not taken for refusals', async () => {
    const { clock, throttle } = scene({ random: { next: () => 0 } })
    const calls = Array.from({ length: 500 }, () => throttle.run(() => clock.sleep(1_000)))

    const ratio = throttle.ratio
    await clock.advance(1_000)
    await Promise.all(calls)

    expect([ratio, throttle.rejected]).toEqual([0, 0])
  })

  it('isRejection decides; one that throws says no', async () => {
    const own = scene({ isRejection: () => true }).throttle
    const broken = scene({ isRejection: fail(new Error('rule bug')) }).throttle

    await Promise.allSettled([own, broken].map((throttle) => throttle.run(fail(new Error('x')))))

    expect([own, broken].map((throttle) => throttle.stats().gauges['accepts'])).toEqual([0, 1])
  })

  it('a permit by hand ends once', () => {
    const { throttle } = scene()
    const permit = throttle.tryAcquire()

    permit?.accept()
    permit?.accept()
    permit?.reject()
    throttle.tryAcquire()?.ignore()

    expect(throttle.stats().gauges).toMatchObject({ requests: 1, accepts: 1 })
  })

  it.each([
    { what: 'ratio', ask: (throttle: AdaptiveThrottle) => throttle.ratio },
    { what: 'ratioOf()', ask: (throttle: AdaptiveThrottle) => throttle.ratioOf('normal') },
    { what: 'stats()', ask: (throttle: AdaptiveThrottle) => throttle.stats().gauges['ratio'] },
  ])('its $what forgets with time, though no call is made', async ({ ask }) => {
    const { clock, throttle } = scene({ windowMs: 12_000 })
    await repeat(throttle, 10, fail(busy))
    const before = ask(throttle)

    await clock.advance(12_000)

    expect([before, ask(throttle)]).toEqual([0.9, 0])
  })

  it('does not say that shedding ended as long as calls are to be shed, though some get through', async () => {
    const draws = [0.5, 0.95, 0.5]
    const { clock, throttle, events } = scene({
      windowMs: 12_000,
      random: { next: () => draws.shift() ?? 0.95 },
    })
    await repeat(throttle, 13, fail(busy))
    const meanwhile = events.map(({ type }) => type)
    await clock.advance(12_000)
    await repeat(throttle, 1, () => 1)

    expect(meanwhile).toEqual(['ThrottleStarted'])
    expect(events.at(-1)).toMatchObject({ type: 'ThrottleEnded', shed: 2 })
  })

  it('a pipeline is told the refusal by its code', async () => {
    const { clock, throttle } = scene({ name: 'inventory' })
    await repeat(throttle, 10, fail(busy))

    const outcome = await pipeline({ policies: [throttle], clock }).tryRun(() => 1)

    expect(outcome).toMatchObject({ ok: false, rejection: { code: 'THROTTLED', policy: 'inventory' } })
  })

  it('says when shedding ended, how many it shed and for how long, each time anew', async () => {
    const { clock, throttle, events } = scene({ windowMs: 12_000 })
    await clock.advance(500)
    await repeat(throttle, 13, fail(busy))
    await clock.advance(12_000)
    await repeat(throttle, 1, () => 1)
    await repeat(throttle, 14, fail(busy))
    await clock.advance(13_000)
    await repeat(throttle, 1, () => 1)

    expect(events.filter(({ type }) => type === 'ThrottleEnded')).toMatchObject([
      { shed: 3, afterMs: 12_000 },
      { shed: 5, afterMs: 13_000 },
    ])
    expect(events.filter(({ type }) => type === 'ThrottleStarted')).toHaveLength(2)
  })

  it('tells listeners that subscribe until they unsubscribe', async () => {
    const { throttle } = scene()
    const told: string[] = []
    const off = throttle.on(({ type }) => told.push(type))
    const other = throttle.on(() => told.push('other'))
    other()
    await repeat(throttle, 12, fail(busy))
    off()

    expect(told).toEqual(['ThrottleStarted'])
  })

  it('by hand refuses as calls are refused, and a call that says nothing may not speak later', async () => {
    const { throttle } = scene()
    const silent = throttle.tryAcquire()
    silent?.ignore()
    silent?.reject()
    await repeat(throttle, 10, fail(busy))

    expect(throttle.tryAcquire()).toBeUndefined()
    expect(throttle.stats()).toMatchObject({ counters: { refused: 10, rejected: 1 }, gauges: { accepts: 0 } })
  })

  it('lets a call in at the very edge of its ratio, and goes on shedding', async () => {
    const draws = [0.9, 0.89]
    const { throttle, events } = scene({ random: { next: () => draws.shift() ?? 0 } })
    await repeat(throttle, 12, fail(busy))

    expect([throttle.admitted, throttle.rejected]).toEqual([11, 1])
    expect(events.map(({ type }) => type)).toEqual(['ThrottleStarted'])
  })

  it('counts what was accepted', async () => {
    const { throttle } = scene()
    await repeat(throttle, 3, () => 1)

    expect(throttle.stats().counters).toEqual({ admitted: 3, rejected: 0, accepted: 3, refused: 0 })
    expect([throttle.kind, throttle.name]).toEqual(['adaptive-throttle', 'adaptive-throttle'])
  })

  it('a listener that throws changes nothing', async () => {
    const { throttle } = scene({ onEvent: fail(new Error('listener bug')) })
    await repeat(throttle, 12, fail(busy))

    expect(throttle.rejected).toBe(2)
  })

  it.each([
    [{ k: 1 }, /'k' must be a number > 1 and <= 1000/],
    [{ windowMs: 99 }, /'windowMs' must be a number >= 100/],
    [{ maxRejectionRatio: 1 }, /'maxRejectionRatio' must be a number >= 0/],
    [{ minimumCalls: 0 }, /'minimumCalls' must be an integer >= 1/],
    [{ isRejection: 503 }, /'isRejection' must be a function/],
    [{ clock: { now: () => 0 } }, /Cannot create adaptive throttle as 'clock.coarseNow'/],
    [{ clock: { coarseNow: () => 0 } }, /'clock.now'/],
    [{ random: {} }, /'random.next'/],
    [{ window: 1_000 }, /'window' is not an option of it/],
  ])('does not take %j', (options, message) => {
    expect(() => adaptiveThrottle(options as AdaptiveThrottleOptions)).toThrow(message)
  })
})
